# SPDX-License-Identifier: MIT
"""Two modules of which one uses the other, and a change of what is between them."""

import re

# Too long for a row of 64 bytes; it is used only where there are tables for such names.
LONG = "a_name_" + "longer_" * 8 + "than_a_row"

HEADER = """\
struct loan {
	unsigned char days;
	int book;
};
int lend(struct loan *loan);
int unchanged(int n);
void %s(void);
""" % LONG

LENDER = """\
#include <linux/module.h>
#include "../loan.h"
int lend(struct loan *loan) { return loan->book; }
EXPORT_SYMBOL(lend);
int unchanged(int n) { return n; }
EXPORT_SYMBOL_GPL(unchanged);
#ifdef CONFIG_EXTENDED_MODVERSIONS
void %s(void) { }
EXPORT_SYMBOL(%s);
#endif
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Lends");
""" % (LONG, LONG)

BORROWER = """\
#include <linux/module.h>
#include "../loan.h"
static int __init borrow(void)
{
	struct loan loan = {.days = 1, .book = 2};

#ifdef CONFIG_EXTENDED_MODVERSIONS
	%s();
#endif
	if (lend(&loan) + unchanged(1) == 3)
		pr_info("borrowed\\n");
	return 0;
}
static void __exit give_back(void) { }
module_init(borrow);
module_exit(give_back);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Borrows");
""" % LONG


def _build(tree, folder, *arguments):
    done = tree.make(f"M={folder}", *arguments, "modules")
    assert done.returncode == 0, done.stdout + done.stderr


def pair(tree):
    """Builds both against `tree`, which has a path and make(); returns the paths of the two files."""
    top = tree.path / "build" / "pair"
    for name, source in (("lender", LENDER), ("borrower", BORROWER)):
        (top / name).mkdir(parents=True, exist_ok=True)
        (top / name / f"{name}.c").write_text(source)
        (top / name / "Kbuild").write_text(f"obj-m := {name}.o\n")
    (top / "loan.h").write_text(HEADER)
    _build(tree, top / "lender")
    _build(tree, top / "borrower", f"KBUILD_EXTRA_SYMBOLS={top}/lender/Module.symvers")
    return top / "lender/lender.ko", top / "borrower/borrower.ko"


def change(tree, lender):
    """One field of a structure becomes wider; only the lender is built anew."""
    header = lender.parent.parent / "loan.h"
    header.write_text(HEADER.replace("unsigned char days", "unsigned int days"))
    _build(tree, lender.parent)


def of(symvers):
    """{symbol: version} of a Module.symvers."""
    return dict(reversed(line.split("\t")[:2]) for line in symvers.read_text().splitlines())


def dumped(text):
    """{symbol: version} of what `modprobe --dump-modversions` prints."""
    return {name: crc for crc, name in re.findall(r"^(0x[0-9a-f]{8})\t(\w+)$", text, re.M)}
