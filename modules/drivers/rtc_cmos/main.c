/* SPDX-License-Identifier: MIT */
/*
 * main.c: the clock of a PC, which goes on while the machine is off: a Motorola MC146818 (data
 * sheet; register numbers are its), reached through two ports. It is taken to tell UTC, as QEMU's
 * does. Brings the command `date` and the file /proc/driver/rtc.
 */
#include <koan/command.h>
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/io.h>
#include <linux/ioport.h>
#include <linux/irqflags.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/string.h>

#include "calendar.h"

#define RTC_PORTS	0x70
#define RTC_PORTS_COUNT 2
#define PORT_INDEX	RTC_PORTS
#define PORT_DATA	(RTC_PORTS + 1)

#define REG_SECONDS	0x00
#define REG_MINUTES	0x02
#define REG_HOURS	0x04
#define REG_DAY		0x07
#define REG_MONTH	0x08
#define REG_YEAR	0x09 /* of the century */
#define REG_A		0x0a
#define REG_B		0x0b
#define REG_D		0x0d
#define REG_CENTURY	0x32 /* not the chip's own: where PCs keep it */

#define A_UPDATING	0x80 /* the numbers are about to change */
#define B_BINARY	0x04 /* else each has two decimal digits */
#define B_24_HOURS	0x02
#define HOURS_PM	0x80 /* of the hours when they count to 12 */
#define D_VALID		0x80 /* it never lost its battery */
#define D_ZERO		0x7f /* these bits read as 0 where the chip is */

#define UPDATE_US	100
#define UPDATES		100 /* an update lasts 2 ms; five times that is a broken clock */

static u8 cmos_read(u8 reg)
{
	unsigned long flags;
	u8 value;

	local_irq_save(flags);
	outb(reg, PORT_INDEX);
	value = inb(PORT_DATA);
	local_irq_restore(flags);
	return value;
}

/* --- reading --- */

/* The registers as they are. */
struct raw {
	u8 second, minute, hour, day, month, year, century;
};

static void read_raw(struct raw *raw)
{
	*raw = (struct raw){
		.second = cmos_read(REG_SECONDS),
		.minute = cmos_read(REG_MINUTES),
		.hour = cmos_read(REG_HOURS),
		.day = cmos_read(REG_DAY),
		.month = cmos_read(REG_MONTH),
		.year = cmos_read(REG_YEAR),
		.century = cmos_read(REG_CENTURY),
	};
}

/* Twice the same, and no update in between: then all of it belongs together. */
static int read_steadily(struct raw *raw)
{
	struct raw again;

	for (unsigned int i = 0; i < UPDATES; i++) {
		if (!(cmos_read(REG_A) & A_UPDATING)) {
			read_raw(raw);
			read_raw(&again);
			if (memcmp(raw, &again, sizeof(again)) == 0)
				return 0;
		}
		udelay(UPDATE_US);
	}
	return -EIO;
}

static unsigned int decode(u8 value, u8 reg_b)
{
	return reg_b & B_BINARY ? value : (value >> 4) * 10U + (value & 0xf);
}

static unsigned int decode_hour(u8 value, u8 reg_b)
{
	unsigned int hour = decode(value & (u8)~HOURS_PM, reg_b);

	if (reg_b & B_24_HOURS)
		return decode(value, reg_b);
	return hour % 12 + (value & HOURS_PM ? 12 : 0);
}

/* A machine that keeps no century is of this one. */
static unsigned int decode_year(const struct raw *raw, u8 reg_b)
{
	unsigned int century = decode(raw->century, reg_b);

	if (century < 19 || century > 99)
		century = 20;
	return century * 100 + decode(raw->year, reg_b);
}

/* -EIO when the clock does not stand still, -ERANGE when what it says is no date. */
static int rtc_read(struct date *d)
{
	u8 reg_b = cmos_read(REG_B);
	struct raw raw;
	int err = read_steadily(&raw);

	if (err)
		return err;
	*d = (struct date){
		.year = decode_year(&raw, reg_b),
		.month = decode(raw.month, reg_b),
		.day = decode(raw.day, reg_b),
		.hour = decode_hour(raw.hour, reg_b),
		.minute = decode(raw.minute, reg_b),
		.second = decode(raw.second, reg_b),
	};
	return date_is_valid(d) ? 0 : -ERANGE;
}

/* --- date --- */

#define FORMAT_DEFAULT "%a %b %e %H:%M:%S %Z %Y"
#define FORMAT_RFC5322 "%a, %d %b %Y %H:%M:%S %z"

static void put_out(void *io, const char *text, size_t len)
{
	command_out(io, "%.*s", (int)len, text);
}

static int print_date(struct io *io, const char *format)
{
	struct date now;

	if (rtc_read(&now)) {
		command_err(io, "the clock cannot be read\n");
		return 1;
	}
	date_format(&now, format, put_out, io);
	command_out(io, "\n");
	return 0;
}

static int date_run(struct io *io, int argc, char **argv)
{
	const char *format = FORMAT_DEFAULT;
	struct options o;
	int letter;

	options_start(&o, io, "Ru", argc, argv);
	while ((letter = option_next(&o))) {
		if (letter == '?')
			return 1;
		if (letter == 'R')
			format = FORMAT_RFC5322;
	}
	if (o.operands && *argv[1] != '+') {
		command_err(io, "invalid date '%s'\n", argv[1]);
		return 1;
	}
	if (o.operands > 1)
		return extra_operand(io, argv[2]);
	return print_date(io, o.operands ? argv[1] + 1 : format);
}

static const struct console_command date_command = {
	.name = "date",
	.usage = "[-Ru] [+FORMAT]",
	.brief = "print the date and the time",
	.text = "As the machine's clock has them, in UTC (-u changes nothing).\n"
		"  -R  as in the header of a mail\n"
		"FORMAT is text with %Y %m %d %H %M %S %a %b %j %s and the like in it,\n"
		"as on Linux; %F is %Y-%m-%d, %T is %H:%M:%S.",
	.run = date_run,
};

/* --- /proc/driver/rtc --- */

static void put_seq(void *m, const char *text, size_t len)
{
	seq_printf(m, "%.*s", (int)len, text);
}

static int rtc_show(struct seq_file *m, void *v)
{
	struct date now;
	int err = rtc_read(&now);

	(void)v;
	if (err)
		return err;
	date_format(&now, "rtc_time\t: %T\nrtc_date\t: %F\n", put_seq, m);
	seq_puts(m, "24hr\t\t: yes\n");
	return 0;
}

/* --- the module --- */

static bool is_there(void)
{
	return !(cmos_read(REG_D) & D_ZERO);
}

static int offer(void)
{
	int err = register_command(&date_command);

	if (err)
		return err;
	if (proc_create_single("driver/rtc", 0, NULL, rtc_show))
		return 0;
	unregister_command(&date_command);
	return -ENOMEM;
}

static int __init rtc_cmos_init(void)
{
	int err;

	if (!request_region(RTC_PORTS, RTC_PORTS_COUNT, "rtc0"))
		return -EBUSY;
	err = is_there() ? offer() : -ENODEV;
	if (err)
		release_region(RTC_PORTS, RTC_PORTS_COUNT);
	else if (!(cmos_read(REG_D) & D_VALID))
		pr_warn("rtc_cmos: the clock has lost its battery\n");
	return err;
}

static void __exit rtc_cmos_exit(void)
{
	remove_proc_entry("driver/rtc", NULL);
	unregister_command(&date_command);
	release_region(RTC_PORTS, RTC_PORTS_COUNT);
}

module_init(rtc_cmos_init);
module_exit(rtc_cmos_exit);

MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("The machine's clock, and `date'");
