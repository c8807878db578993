/* SPDX-License-Identifier: MIT */
/*
 * plan.c: what loading a module takes, in order: what it depends on, what its softdep wants before,
 * itself, what its softdep wants after; and so on for each of those. As in kmod, a module that was
 * visited for its own sake is not visited again, while a dependency is listed for each that has it:
 * loading it a second time does nothing.
 */
#include "modprobe/probe.h"

#include <linux/errno.h>
#include <linux/kernel.h>

/* --- the agenda --- */

int agenda_add(struct modprobe *mp, struct agenda *agenda, struct found *found, enum task_kind kind)
{
	struct task *v = probe_grow(mp, agenda->v, agenda->count, &agenda->room, sizeof(*v));

	if (!v)
		return -ENOMEM;
	agenda->v = v;
	agenda->v[agenda->count++] = (struct task){.found = found, .kind = kind};
	return 0;
}

void agenda_turn(struct agenda *agenda, u32 mark)
{
	u32 low = mark, high = agenda->count;

	for (; low + 1 < high; low++, high--)
		swap(agenda->v[low], agenda->v[high - 1]);
}

bool agenda_take(struct agenda *agenda, struct task *task)
{
	if (!agenda->count)
		return false;
	*task = agenda->v[--agenda->count];
	return true;
}

static int add_visits(struct modprobe *mp, struct agenda *agenda, const struct found_list *list)
{
	int err = 0;

	for (u32 i = 0; i < list->count && !err; i++)
		err = agenda_add(mp, agenda, list->v[i], TASK_VISIT);
	return err;
}

int agenda_add_softdeps(struct modprobe *mp, struct agenda *agenda, const struct found *found,
			enum softdep_side side)
{
	const char *at = found_command(mp, found, CONF_SOFTDEP), *name;
	enum softdep_side now = SOFTDEP_NONE;
	struct found_list list = {0};
	size_t len;
	int err = 0;

	while (at && !err && (len = softdep_next(&at, &now, side, &name)))
		err = lookup(mp, name, len, &list);
	err = err ?: add_visits(mp, agenda, &list);
	return err;
}

/* --- a module and what goes along with it --- */

/* What is needed by others comes last in modules.dep, and is to be loaded first. */
static int visit(struct modprobe *mp, struct agenda *agenda, struct found *found,
		 enum task_kind what)
{
	struct found_list needed = {0};
	int err;

	if (found->visited == mp->plans)
		return 0;
	found->visited = mp->plans;
	err = lookup_dependencies(mp, found, &needed);
	while (needed.count && !err)
		err = agenda_add(mp, agenda, needed.v[--needed.count], TASK_PLACE);
	return err ?: agenda_add(mp, agenda, found, what);
}

static int place(struct modprobe *mp, struct agenda *agenda, struct found *found)
{
	u32 before = agenda->count;
	int err;

	err = agenda_add_softdeps(mp, agenda, found, SOFTDEP_PRE);
	err = err ?: agenda_add(mp, agenda, found, TASK_FINISH);
	err = err ?: agenda_add_softdeps(mp, agenda, found, SOFTDEP_POST);
	found->skip_commands = agenda->count > before + 1;
	return err;
}

/* Whatever a task leads to is done, in its order, before what was on the agenda already. */
static int work_off(struct modprobe *mp, struct agenda *agenda, struct found_list *list)
{
	struct task task;
	u32 mark;
	int err = 0;

	while (!err && agenda_take(agenda, &task)) {
		mark = agenda->count;
		if (task.kind == TASK_VISIT)
			err = visit(mp, agenda, task.found, TASK_PLACE);
		else if (task.kind == TASK_PLACE)
			err = place(mp, agenda, task.found);
		else
			err = found_list_add(mp, list, task.found);
		agenda_turn(agenda, mark);
	}
	return err;
}

/* A softdep may fail; the module itself and what it depends on may not. */
static int require(struct modprobe *mp, struct found *found)
{
	struct found_list needed = {0};
	int err = lookup_dependencies(mp, found, &needed);

	found->required = mp->plans;
	for (u32 i = 0; i < needed.count; i++)
		needed.v[i]->required = mp->plans;
	return err;
}

int plan_insertion(struct modprobe *mp, struct found *found, struct found_list *list)
{
	struct agenda agenda = {0};
	int err;

	mp->plans++;
	err = require(mp, found);
	err = err ?: visit(mp, &agenda, found, mp->how->ignore_commands ? TASK_FINISH : TASK_PLACE);
	agenda_turn(&agenda, 0);
	err = err ?: work_off(mp, &agenda, list);
	return err;
}
