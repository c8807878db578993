# SPDX-License-Identifier: MIT
"""What `make -C KOAN M=DIR` builds, from the kinds of Kbuild files and Makefiles that people have."""

import pytest

from conftest import KOAN, LICENSED, Folder, run

ONE = ["CC [M] {0}.o", "MODPOST Module.symvers", "CC [M] {0}.mod.o", "LD [M] {0}.ko"]


def steps_of(name):
    return [line.format(name) for line in ONE]


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("goal", [[], ["modules"]])
def test_one_module(folder, compiler, goal):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    assert folder.build(f"CC={compiler}", *goal) == steps_of("one")
    assert folder.modinfo("one.ko", "license") == ["GPL"]
    assert folder.modinfo("one.ko", "name") == ["one"]


def test_lines_name_the_whole_path(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    lines = folder.make().stdout.splitlines()
    assert f"  CC [M]  {folder.path}/one.o" in lines
    assert f"  MODPOST {folder.path}/Module.symvers" in lines
    assert f"  LD [M]  {folder.path}/one.ko" in lines


def test_leaves_what_kbuild_leaves(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    folder.build()
    made = {path.name for path in folder.path.iterdir()} - {"Kbuild", "one.c"}
    assert made == {"one.o", "one.ko", "one.mod", "one.mod.c", "one.mod.o", "Module.symvers", "modules.order",
                    ".one.o.cmd", ".one.ko.cmd", ".one.mod.cmd", ".one.mod.o.cmd", ".Module.symvers.cmd",
                    ".modules.order.cmd",
                    "one.symversions", ".one.symversions.cmd"}  # what symtypes says, for CONFIG_MODVERSIONS
    assert (folder / "modules.order").read_text() == f"{folder.path}/one.ko\n"
    assert (folder / "one.mod").read_text() == f"{folder.path}/one.o\n"


def test_several_modules_in_order(folder):
    folder.write(Kbuild="obj-m += b.o a.o\nobj-m += c.o a.o\n", a_c=LICENSED, b_c=LICENSED, c_c=LICENSED)
    folder.build()
    order = (folder / "modules.order").read_text().split()
    assert order == [f"{folder.path}/{name}.ko" for name in "bac"]
    assert all((folder / f"{name}.ko").exists() for name in "abc")


def test_kbuild_is_preferred_to_makefile(folder):
    folder.write(Kbuild="obj-m := right.o\n", Makefile="obj-m := wrong.o\n", right_c=LICENSED, wrong_c=LICENSED)
    assert folder.build() == steps_of("right")


TWO_PARTS = """
ifneq ($(KERNELRELEASE),)
$(info second, for $(KERNELRELEASE))
obj-m := one.o
else
KDIR ?= /nowhere
all:
	$(info first)
	make -C $(KDIR) M=$(CURDIR) modules
endif
"""


def test_makefile_in_two_parts(folder):
    """Its second part is read once to compile, and once for KBUILD_EXTRA_SYMBOLS, as in kbuild."""
    folder.write(Makefile=TWO_PARTS, one_c=LICENSED)
    result = run("make", f"KDIR={KOAN}", cwd=folder.path)
    assert result.returncode == 0, result.stdout
    shown = [line for line in result.stdout.splitlines() if line.startswith(("first", "second", "  "))]
    release = folder.modinfo("one.ko", "vermagic")[0].split()[0]
    second = f"second, for {release}"
    assert [line if "cond" in line or line == "first" else line.split()[0] for line in shown] == [
        "first", second, "CC", second, "MODPOST", "CC", "LD"]


def test_makefile_with_targets_of_its_own(folder):
    makefile = "obj-m += one.o\nall:\n\tfalse\nmodules:\n\tfalse\nclean:\n\tfalse\n"
    folder.write(Makefile=makefile, one_c=LICENSED)
    assert folder.build() == steps_of("one")
    folder.build("clean")


@pytest.mark.parametrize("how", ["multi-objs := first.o lib/second.o", "multi-y := first.o\nmulti-y += lib/second.o",
                                 "multi-objs := first.o\nmulti-$(CONFIG_SECOND) += lib/second.o"])
def test_module_of_several_files(folder, how):
    part = '#include <linux/kernel.h>\nconst char *of_%s = KBUILD_MODNAME " from " KBUILD_BASENAME;\n'
    folder.write(Kbuild=f"obj-m := multi.o\n{how}\n", first_c=LICENSED + part % "first", lib__second_c=part % "second")
    assert folder.build("CONFIG_SECOND=y") == [
        "CC [M] first.o", "CC [M] lib/second.o", "LD [M] multi.o", "MODPOST Module.symvers",
        "CC [M] multi.mod.o", "LD [M] multi.ko"]
    symbols = [name for _, name in folder.symbols("multi.ko")]
    assert "of_first" in symbols and "of_second" in symbols
    content = (folder / "multi.ko").read_bytes()
    assert b"multi from first\0" in content and b"multi from second\0" in content
    assert (folder / "multi.mod").read_text().split() == [f"{folder.path}/first.o", f"{folder.path}/lib/second.o"]


def test_part_of_two_modules(folder):
    folder.write(Kbuild="obj-m := a.o b.o\na-objs := main.o shared.o\nb-objs := main.o\n", main_c=LICENSED,
                 shared_c="extern int x;\n")
    folder.build()
    assert b"a:b" not in (folder / "a.mod.o").read_bytes()
    assert folder.modinfo("a.ko", "name") == ["a"] and folder.modinfo("b.ko", "name") == ["b"]


def test_dash_in_the_name(folder):
    folder.write(**{"Kbuild": "obj-m := my-mod.o\n", "my-mod_c": LICENSED + "const char *me = KBUILD_MODNAME;\n"})
    folder.build()
    assert folder.modinfo("my-mod.ko", "name") == ["my_mod"]
    assert b"my_mod\0" in (folder / "my-mod.o").read_bytes()


def test_sub_folders(folder):
    folder.write(Kbuild="obj-y += first/\nobj-m += top.o second/\nobj-m += none.o\n",
                 first__Kbuild="obj-m := one.o\n", first__one_c=LICENSED,
                 second__Makefile="obj-m := two.o deep/\n", second__two_c=LICENSED,
                 second__deep__Kbuild="obj-m := three.o\n", second__deep__three_c=LICENSED,
                 top_c=LICENSED, none_c=LICENSED)
    folder.build()
    order = (folder / "modules.order").read_text().replace(f"{folder.path}/", "").split()
    assert order == ["first/one.ko", "top.ko", "second/two.ko", "second/deep/three.ko", "none.ko"]
    assert all((folder / ko).exists() for ko in order)
    assert not (folder / "second/Module.symvers").exists()


def test_config_chooses(folder):
    folder.write(Kbuild="obj-$(CONFIG_A) += a.o\nobj-$(CONFIG_B) += b/\nobj-m += c.o\n", a_c=LICENSED, c_c=LICENSED,
                 b__Kbuild="obj-m := b.o\n", b__b_c=LICENSED)
    folder.build("CONFIG_A=m", "CONFIG_B=n")
    assert (folder / "a.ko").exists() and not (folder / "b/b.ko").exists()
    folder.build("CONFIG_A=n", "CONFIG_B=m")
    assert (folder / "modules.order").read_text().replace(f"{folder.path}/", "").split() == ["b/b.ko", "c.ko"]


NEEDS = LICENSED + "#if !defined({0})\n#error {0}\n#endif\n"


@pytest.mark.parametrize("line, arguments", [
    ("ccflags-y := -DX", []), ("ccflags-y += -DX", []), ("EXTRA_CFLAGS := -DX", []), ("CFLAGS_one.o := -DX", []),
    ("ccflags-$(CONFIG_X) += -DX", ["CONFIG_X=y"]), ("", ["KCFLAGS=-DX"]), ("", ["EXTRA_CFLAGS=-DX"]),
    ("", ["KBUILD_EXTRA_CFLAGS=-DX"]), ("", ["KCPPFLAGS=-DX"]), ("ccflags-y := -include $(src)/x.h", []),
    ("ccflags-y := -I$(src)/inc -DGET", []), ("ccflags-y := -I$(M)/inc -DGET", []),
    ("ccflags-y := -I$(KBUILD_EXTMOD)/inc -DGET", []), ("ccflags-y := -I$(obj)/inc -DGET", [])])
def test_flags(folder, line, arguments):
    source = "#ifdef GET\n#include <get.h>\n#endif\n" + NEEDS.format("X")
    folder.write(Kbuild=f"{line}\nobj-m := one.o\n", one_c=source, x_h="#define X\n", inc__get_h="#define X\n")
    folder.build(*arguments)


def test_flags_reach_only_their_file(folder):
    folder.write(Kbuild="obj-m := one.o two.o\nCFLAGS_one.o := -DX\nccflags-y := -DY\nCFLAGS_REMOVE_two.o := -DY\n",
                 one_c=NEEDS.format("X") + NEEDS.format("Y"), two_c=LICENSED + "#if defined(X) || defined(Y)\n#error\n#endif\n")
    folder.build()


def test_flags_of_a_folder_for_those_below(folder):
    folder.write(Kbuild="obj-m := sub/\nsubdir-ccflags-y := -DX\nccflags-y := -DY\n", sub__Kbuild="obj-m := one.o\n",
                 sub__one_c=NEEDS.format("X") + "#ifdef Y\n#error\n#endif\n")
    folder.build()


def test_assembler_sources(folder):
    source = "#ifndef X\n#error\n#endif\n.globl answer\nanswer: mov $42, %eax\nret\n"
    folder.write(Kbuild="obj-m := one.o\none-objs := main.o low.o\nasflags-y := -DX\n", low_S=source,
                 main_c=LICENSED + "int answer(void);\nint init_module(void)\n{\n\treturn answer();\n}\n")
    assert "AS [M] low.o" in folder.build()
    assert ("T", "answer") in folder.symbols("one.ko")


def test_variables_that_modules_read(folder):
    folder.write(Kbuild="obj-m := one.o\n$(info got $(src) $(obj) $(M) $(KBUILD_EXTMOD) $(srctree) $(objtree) "
                        "$(ARCH) $(VERSION).$(PATCHLEVEL).$(SUBLEVEL) $(KERNELVERSION))\n", one_c=LICENSED)
    shown = [line for line in folder.make().stdout.splitlines() if line.startswith("got ")]
    release = folder.modinfo("one.ko", "vermagic")[0].split()[0]
    assert shown[0] == f"got {' '.join([str(folder.path)] * 4)} {KOAN} {KOAN} x86 {release} {release}"


def test_generated_sources(folder):
    rule = "$(obj)/made.c: $(src)/made.in\n\tcp $< $@\n$(obj)/main.o: $(obj)/made.h\n$(obj)/made.h:\n\techo '#define X' >$@\n"
    folder.write(**{"Kbuild": f"obj-m := one.o\none-objs := main.o made.o\n{rule}", "main_c": '#include "made.h"\n' + NEEDS.format("X"),
                    "made.in": "extern int x;\n"})
    assert "CC [M] made.o" in folder.build()


def test_an_object_that_came_without_source(folder):
    folder.write(Kbuild="obj-m := one.o\none-objs := main.o blob.o\n", main_c=LICENSED, blob_c="int in_the_blob = 1;\n")
    assert run("gcc", "-c", "-o", folder / "blob.o", folder / "blob.c").returncode == 0
    (folder / "blob.c").unlink()
    folder.build()
    assert ("D", "in_the_blob") in folder.symbols("one.ko")
    folder.build("clean")
    assert (folder / "blob.o").exists()


def test_relative_folder(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    relative = "../" * (len(KOAN.parts) - 1) + str(folder.path)[1:]
    result = run("make", "-C", KOAN, f"M={relative}")
    assert f"  CC [M]  {relative}/one.o" in result.stdout.splitlines(), result.stdout
    assert (folder / "one.ko").exists()


def test_odd_characters(tmp_path):
    folder = Folder(tmp_path / "a+b~@1,(x){y}&'é^!")
    folder.write(Kbuild="obj-m := one.o two.o\ntwo-objs := part.o\n", one_c=LICENSED, part_c=LICENSED)
    folder.build()
    assert (folder / "two.ko").exists()
    assert folder.build() == []


def test_v1_shows_commands(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    lines = folder.make("V=1").stdout.splitlines()
    assert any(" -c -o " in line and line.startswith("gcc ") for line in lines)
    assert any(line.startswith("ld -r ") and "module.lds" in line for line in lines)
    assert not any("CC [M]" in line for line in lines)


def test_silent(folder):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED)
    assert folder.make("-s").stdout == ""


def test_parallel(folder):
    names = [f"m{i}" for i in range(6)]
    folder.write(Kbuild=f"obj-m := {' '.join(name + '.o' for name in names)} sub/\n", sub__Kbuild="obj-m := s.o\n",
                 sub__s_c=LICENSED, **{f"{name}_c": LICENSED for name in names})
    result = folder.make("-j2")
    assert result.returncode == 0 and "jobserver" not in result.stdout, result.stdout
    assert all((folder / f"{name}.ko").exists() for name in names + ["sub/s"])


STUDENT = LICENSED + """
int counter;
void helper(int unused)
{
	int i, j;
	for (i = 0; i < 3; i++)
		j = i;
}
static const int not_used = 1;
"""


def test_a_student_is_not_lectured(folder):
    """Things that are untidy but harmless compile without a word."""
    folder.write(Kbuild="obj-m := one.o\n", one_c=STUDENT)
    assert "warning" not in folder.make().stdout


@pytest.mark.parametrize("body", ["return no_such_function();", "return;", "char *p = init_module; return p[0];"])
def test_what_breaks_modules_is_an_error(folder, body):
    folder.write(Kbuild="obj-m := one.o\n", one_c=LICENSED + f"int init_module(void)\n{{\n\t{body}\n}}\n")
    result = folder.make()
    assert result.returncode == 2 and "one.c" in result.stdout and not (folder / "one.ko").exists()


NUMBERS = LICENSED + """
static unsigned int u; module_param(u, int, 0);
static int h; module_param(h, hexint, 0);
static char c; module_param(c, byte, 0);
static enum { ONE, TWO } e; module_param(e, uint, 0);
static long list[2]; module_param_array(list, ulong, NULL, 0);
"""


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_a_number_may_be_signed_or_not(folder, compiler):
    folder.write(Kbuild="obj-m := one.o\n", one_c=NUMBERS)
    assert folder.build(f"CC={compiler}") == steps_of("one")


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
@pytest.mark.parametrize("variable, kind", [
    ("static long v;", "int"), ("static int v;", "bool"), ("static bool v;", "byte"),
    ("static int v;", "charp"), ("static char *v;", "ulong"), ("static int v;", "short"),
])
def test_a_parameter_of_another_type_is_refused(folder, compiler, variable, kind):
    folder.write(Kbuild="obj-m := one.o\n",
                 one_c=LICENSED + f"{variable} module_param(v, {kind}, 0);\n")
    done = folder.make(f"CC={compiler}")
    assert done.returncode
    assert "v is not of the parameter" in done.stdout


def test_module_h_brings_the_string_functions(folder):
    """Linux's does, by many ways, and modules count on it."""
    folder.write(Kbuild="obj-m := one.o\n", one_c="#include <linux/module.h>\n" + LICENSED + """
void fill(char *p, const char *s); void fill(char *p, const char *s) { memset(p, strlen(s), 3); }
""")
    assert folder.build() == steps_of("one")
