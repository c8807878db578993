/* SPDX-License-Identifier: MIT */
/*
 * asker.c: asks the kernel for what drivers ask for, mostly for what must be refused, and says what
 * it got. What it was given it keeps until it is removed; `what` says which questions to ask.
 */
#include <koan/command.h>
#include <koan/console.h>
#include <linux/console.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/string.h>

static char *what = "";
module_param(what, charp, 0);

#define SAY(fmt, ...) pr_info("asker: " fmt "\n", ##__VA_ARGS__)
#define ASK(question) SAY("%s: %d", #question, (int)(question))
#define HAS(question) SAY("%s: %s", #question, (question) ? "yes" : "no")

/* --- interrupts: the clock's periodic one, 1024 times a second (MC146818 data sheet) --- */

#define CLOCK_LINE 8
#define REG_B	   0x0b
#define REG_C	   0x0c /* reading it ends the interrupt */
#define B_PERIODIC 0x40

static int first, second; /* how often each was called */

static u8 clock_read(u8 reg)
{
	outb(reg, 0x70);
	return inb(0x71);
}

static void clock_write(u8 reg, u8 value)
{
	outb(reg, 0x70);
	outb(value, 0x71);
}

static irqreturn_t count(int irq, void *dev)
{
	if (irq == CLOCK_LINE)
		clock_read(REG_C);
	++*(int *)dev;
	return IRQ_HANDLED;
}

static void ask_interrupts(void)
{
	ASK(request_irq(9, NULL, 0, "asker", NULL));
	ASK(request_irq(16, count, 0, "asker", &first));
	ASK(request_irq(9, count, IRQF_SHARED, "asker", NULL));
	ASK(request_irq(2, count, IRQF_SHARED, "asker", &first));
	ASK(request_irq(4, count, 0, "asker", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED, "first", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED, "second", &second));
	ASK(request_irq(CLOCK_LINE, count, 0, "alone", &first));
	ASK(request_irq(CLOCK_LINE, count, IRQF_SHARED | IRQF_TRIGGER_LOW, "low", &first));
}

/* Returns how many interrupts came in a tenth of a second. */
static int interrupts_in_a_while(void)
{
	int before = first;

	msleep(100);
	return first - before;
}

static void count_interrupts(void)
{
	unsigned long start = jiffies;

	clock_write(REG_B, clock_read(REG_B) | B_PERIODIC);
	clock_read(REG_C);
	HAS(interrupts_in_a_while() > 20);
	HAS(first == second);
	disable_irq(CLOCK_LINE);
	disable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() == 0);
	enable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() == 0);
	enable_irq(CLOCK_LINE);
	HAS(interrupts_in_a_while() > 20);
	clock_write(REG_B, clock_read(REG_B) & ~B_PERIODIC);
	HAS(time_after(jiffies, start + msecs_to_jiffies(200)));
	enable_irq(CLOCK_LINE);
}

static void end_interrupts(void)
{
	SAY("free_irq: %s", (const char *)free_irq(CLOCK_LINE, &second));
	SAY("free_irq: %s", (const char *)free_irq(CLOCK_LINE, &first));
	HAS(free_irq(CLOCK_LINE, &first) != NULL);
	HAS(free_irq(2, NULL) != NULL);
}

/* --- ports and memory --- */

static void ask_regions(void)
{
	HAS(request_region(0x3f8, 1, "asker"));
	HAS(request_region(0x300, 0x10, "asker"));
	HAS(request_region(0x30f, 1, "asker"));
	HAS(request_region(0x2ff, 0x20, "asker"));
	HAS(request_region(0x310, 1, "asker next"));
	HAS(request_region(0x320, 0, "asker"));
	HAS(request_region(0xfff0, 0x11, "asker"));
	HAS(request_mem_region(0x100000, 0x1000, "asker"));
	HAS(request_mem_region(0xfed00000, 0x400, "asker memory"));
	release_region(0x300, 1);
	release_region(0x3f8, 8);
}

static void end_regions(void)
{
	release_region(0x300, 0x10);
	release_region(0x310, 1);
	release_mem_region(0xfed00000, 0x400);
}

/* The first instruction of a PC, and 5 bytes further on the date of its firmware. */
static void ask_memory(void)
{
	char date[9] = "";
	u8 __iomem *reset = ioremap(0xffff0, 16);

	HAS(reset);
	for (int i = 0; reset && i < 8; i++)
		date[i] = readb(reset + 5 + i);
	SAY("firmware: %02x, %s", reset ? readb(reset) : 0, date);
	iounmap(reset);
	iounmap(NULL);
	HAS(ioremap(0x200000, 4096));
	HAS(ioremap(0xb8000, 0));
	HAS(ioremap(1ULL << 52, 1));
	HAS(ioremap(~0ULL - 10, 100));
}

/* --- commands --- */

static int asker_run(struct io *io, int argc, char **argv)
{
	struct options o;
	int letter;

	options_start(&o, io, "ab:", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 2;
		command_out(io, "option %c%s\n", letter, letter == 'b' ? o.arg : "");
	}
	for (int i = 1; i <= o.operands; i++)
		command_err(io, "operand %s\n", argv[i]);
	return o.operands;
}

#define COMMAND(its_name)                                                                          \
	{                                                                                          \
		.name = its_name, .usage = "[-a] [-b X] [WORD]...", .brief = "say what it got",    \
		.text = "One line each.", .run = asker_run,                                        \
	}

static struct console_command asker_command = COMMAND("asker"), same = COMMAND("asker"),
			      taken = COMMAND("cat"), two_words = COMMAND("two words"),
			      path = COMMAND("a/b"), empty = COMMAND(""), no_name = COMMAND(NULL),
			      no_text = COMMAND("no-text"), no_run = COMMAND("no-run");

static void ask_commands(void)
{
	no_text.text = NULL;
	no_run.run = NULL;
	ASK(register_command(&asker_command));
	ASK(register_command(&asker_command));
	ASK(register_command(&same));
	ASK(register_command(&taken));
	ASK(register_command(&two_words));
	ASK(register_command(&path));
	ASK(register_command(&empty));
	ASK(register_command(&no_name));
	ASK(register_command(&no_text));
	ASK(register_command(&no_run));
	unregister_command(&same);
}

/* --- /proc --- */

static int text_show(struct seq_file *m, void *v)
{
	seq_printf(m, "text of %s\n", m->private ? (char *)m->private : "nobody");
	return 0;
}

static ssize_t greedy_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	return size + 1;
}

static ssize_t endless_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	memset(buf, 'x', size);
	return size;
}

static ssize_t lazy_write(struct file *file, const char *buf, size_t size, loff_t *pos)
{
	SAY("got %c", *buf);
	return *buf == '!' ? -ENOSPC : *buf == '0' ? 0 : 1;
}

static int closed_open(struct inode *inode, struct file *file)
{
	return -EPERM;
}

static ssize_t suicide_read(struct file *file, char *buf, size_t size, loff_t *pos)
{
	remove_proc_entry("asker/suicide", NULL);
	return 0;
}

static const struct proc_ops greedy = {.proc_read = greedy_read};
static const struct proc_ops endless = {.proc_read = endless_read};
static const struct proc_ops lazy = {.proc_write = lazy_write};
static const struct proc_ops closed = {.proc_open = closed_open};
static const struct proc_ops suicide = {.proc_read = suicide_read};
static const struct proc_ops nothing;

static void ask_proc(void)
{
	struct proc_dir_entry *folder = proc_mkdir("asker", NULL);

	HAS(folder);
	HAS(proc_create_single_data("text", 0, folder, text_show, "asker"));
	HAS(proc_create_single("asker/other", 0444, NULL, text_show));
	HAS(proc_create("greedy", 0, folder, &greedy));
	HAS(proc_create("endless", 0, folder, &endless));
	HAS(proc_create("lazy", 0200, folder, &lazy));
	HAS(proc_create("closed", 0644, folder, &closed));
	HAS(proc_create("nothing", 0666, folder, &nothing));
	HAS(proc_create("suicide", 0, folder, &suicide));
	HAS(proc_create("text", 0, folder, &greedy));
	HAS(proc_create("modules", 0, NULL, &greedy));
	HAS(proc_create("no/such/folder", 0, NULL, &greedy));
	HAS(proc_create("", 0, NULL, &greedy));
	HAS(proc_mkdir("asker", NULL));
	remove_proc_entry("modules", NULL);
	remove_proc_entry("no-such", folder);
	ASK(remove_proc_subtree("no-such", NULL));
	proc_remove(NULL);
}

/* --- the console --- */

static char heard[256];
static size_t heard_len;

static void listen(struct console *con, const char *s, unsigned int n)
{
	for (unsigned int i = 0; i < n && heard_len < sizeof(heard) - 1; i++)
		heard[heard_len++] = s[i];
}

static struct console ear = {.name = "ear", .write = listen};
static struct console stranger = {.name = "stranger", .write = listen};

static int heard_show(struct seq_file *m, void *v)
{
	seq_puts(m, heard);
	return 0;
}

static void ask_console(void)
{
	register_console(&ear);
	register_console(&ear);
	ASK(unregister_console(&stranger));
	HAS(proc_create_single("heard", 0, NULL, heard_show));
}

static void end_console(void)
{
	remove_proc_entry("heard", NULL);
	ASK(unregister_console(&ear));
	ASK(unregister_console(&ear));
}

static void ask_input(void)
{
	static char much[9000];

	HAS(console_input(much, sizeof(much)));
	HAS(console_input("echo typed by a module\r", 23));
}

/* --- the module --- */

static const struct {
	const char *name;
	void (*ask)(void), (*end)(void);
} subjects[] = {
	{"interrupts", ask_interrupts, end_interrupts},
	{"counting", count_interrupts, NULL},
	{"regions", ask_regions, end_regions},
	{"memory", ask_memory, NULL},
	{"commands", ask_commands, NULL},
	{"proc", ask_proc, NULL},
	{"console", ask_console, end_console},
	{"input", ask_input, NULL},
};

static int __init asker_init(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(subjects); i++)
		if (strstr(what, subjects[i].name))
			subjects[i].ask();
	return 0;
}

static void __exit asker_exit(void)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(subjects); i++)
		if (strstr(what, subjects[i].name) && subjects[i].end)
			subjects[i].end();
	unregister_command(&asker_command);
	if (strstr(what, "proc"))
		ASK(remove_proc_subtree("asker", NULL));
}

module_init(asker_init);
module_exit(asker_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Asks for what drivers ask for");
