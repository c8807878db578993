# SPDX-License-Identifier: MIT
"""Which exports are found, in every kind of file, and which place's description of them counts."""

import itertools
import random
import subprocess

import pytest

import toolbox
from pairs import RICH
from toolbox import Answer, compiled, crc, crcs, linked, text

SOURCE = RICH + """
EXPORT_SYMBOL(probe);
int answer = 42;
EXPORT_SYMBOL_GPL(answer);
int future(char c) { return c; }
EXPORT_SYMBOL_GPL_FUTURE(future);
int spare(short s) { return s; }
EXPORT_UNUSED_SYMBOL(spare);
int spare_gpl(long l) { return l == 0; }
EXPORT_UNUSED_SYMBOL_GPL(spare_gpl);
int not_exported(int a) { return a; }
"""

# As linker.ld has it: the tables are part of .rodata, between symbols.
KERNEL = """
ENTRY(probe)
SECTIONS {
	. = 0xffffffff80000000;
	.text : { *(.text .text.*) }
	.rodata : {
		*(.rodata)
		. = ALIGN(8);
		__start___ksymtab = .; KEEP(*(SORT(___ksymtab+*))) __stop___ksymtab = .;
		__start___ksymtab_gpl = .; KEEP(*(SORT(___ksymtab_gpl+*))) __stop___ksymtab_gpl = .;
		__start___ksymtab_gpl_future = .; KEEP(*(SORT(___ksymtab_gpl_future+*)))
		__stop___ksymtab_gpl_future = .;
		__start___ksymtab_unused = .; KEEP(*(SORT(___ksymtab_unused+*)))
		__stop___ksymtab_unused = .;
		__start___ksymtab_unused_gpl = .; KEEP(*(SORT(___ksymtab_unused_gpl+*)))
		__stop___ksymtab_unused_gpl = .;
		KEEP(*(__ksymtab_strings))
	}
	.data : { *(.data .bss) }
}
"""

with open(toolbox.TOP + "/tools/build/module.lds", encoding="utf-8") as script:
    MODULE = script.read()


def image_of(*objects):
    return linked(*objects, script=KERNEL)


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_every_kind_of_file(compiler):
    """A compiled file, a finished module and a kernel's image tell the same versions."""
    file = compiled(compiler, SOURCE)
    found = crcs(file)
    assert list(found) == ["answer", "future", "probe", "spare", "spare_gpl"]  # sorted, and no others
    module = toolbox.path("finished.o")
    script = toolbox.path("module.lds")
    with open(script, "w", encoding="utf-8") as out:
        out.write(MODULE)
    subprocess.run(["ld", "-r", "-T", script, "-o", module, file], check=True)
    assert crcs(linked(file)) == found
    assert crcs(module) == found
    assert crcs(image_of(file)) == found


def test_types_in_units_of_their_own():
    """-fdebug-types-section: understood once linked; before, what to do about it is said."""
    file = compiled("gcc", SOURCE, ("-fdebug-types-section",))
    answer = Answer(file)
    assert answer.status == 2 and "compile without -fdebug-types-section" in answer.errors
    assert crcs(image_of(file)) == crcs(compiled("gcc", SOURCE))


def test_only_rows_of_tables():
    """A symbol that is only called like a row of a table exports nothing."""
    source = "static int __ksymtab_fake __attribute__((used)); int fake(void) { return 0; }\n" \
             "static const int __ksymtab_odd __attribute__((used, section(\"___ksymtab+even\")))" \
             " = 1; int odd(void) { return 0; }"
    answer = Answer(compiled("gcc", source))
    assert (answer.status, answer.text, answer.errors) == (0, "", "")


def test_nothing_exported():
    answer = Answer(compiled("gcc", "int a(void) { return 0; }"))
    assert (answer.status, answer.text, answer.errors) == (0, "", "")


def test_more_sections_than_16_bits_can_count():
    """Each export has sections of its own: 33,000 of them need the ELF extension for many."""
    names = [f"v{i:05}" for i in range(33000)]
    file = compiled("gcc", "\n".join(f"char {name}; EXPORT_SYMBOL({name});" for name in names))
    found = crcs(file)
    assert list(found) == names
    assert len(set(found.values())) == len(names)


def test_many_exports_of_many_types():
    """10,000 exports that all reach the same 300 types: no more than a breath a type and export.

    The texts together have over a hundred million lines; whoever wrote them all would not end.
    """
    rng = random.Random(1)
    names = [f"struct s{i};" for i in range(300)]
    types = [f"struct s{i} {{ int a; struct s{rng.randrange(300)} *p; struct s{(i + 1) % 300} *q;"
             f" int (*f)(struct s{rng.randrange(300)} *); }};" for i in range(300)]
    functions = [f"int f{i}(struct s{i % 300} *s);\nint f{i}(struct s{i % 300} *s)"
                 f" {{ return s->a; }}\nEXPORT_SYMBOL(f{i});" for i in range(10000)]
    file = compiled("gcc", "\n".join(names + types + functions), ("-O0",))
    assert len(set(crcs(file).values())) == 10000
    assert text(file, "f1234").count("\nstruct s") == 300


# --- whose description counts ---

OPAQUE = """
struct secret;
struct thing { struct secret *secret; };
int user(struct thing *t) { return t != 0; }
EXPORT_SYMBOL(user);
"""
OWNER = """
struct secret { int a; };
struct thing { struct secret *secret; };
int owner(struct thing *t) { return t->secret->a; }
EXPORT_SYMBOL(owner);
"""


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_each_unit_sees_its_own(compiler):
    """In one image a type may be opaque to one export and not to another."""
    user, owner = compiled(compiler, OPAQUE), compiled(compiler, OWNER)
    found = {**crcs(user), **crcs(owner)}
    assert crcs(linked(user, owner)) == crcs(linked(owner, user)) == found
    changed = compiled(compiler, OWNER.replace("int a;", "int b, a;"))
    after = crcs(linked(user, changed))
    assert after["user"] == found["user"]
    assert after["owner"] != found["owner"]


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_definition_before_declaration(compiler):
    """Others' declarations, even wrong ones, do not matter; nor do static namesakes."""
    definition = compiled(compiler, "int probe(int a) { return a; }\nEXPORT_SYMBOL(probe);")
    others = [compiled(compiler, "int probe(long); int g(void) { return probe(1); }"),
              compiled(compiler, "static __attribute__((__noinline__)) void probe(void)"
                                 " { __asm__(\"\"); }\nvoid h(void) { probe(); }")]
    assert crc(linked(definition, *others)) == crc(linked(*others, definition)) == crc(definition)


@pytest.mark.parametrize("compiler", toolbox.COMPILERS)
def test_weak_and_strong(compiler):
    """Of two definitions the one that sees less counts, whatever the order of files."""
    weak = compiled(compiler, "struct s; __attribute__((weak)) int probe(struct s *s)"
                              " { return s != 0; }\nEXPORT_SYMBOL(probe);")
    strong = compiled(compiler, "struct s { int a; }; int probe(struct s *s) { return s->a; }")
    assert crc(image_of(weak, strong)) == crc(image_of(strong, weak)) == crc(weak)


def test_equally_good_declarations():
    """Two headers' ideas of what assembly defines, as long as each other: still one answer."""
    definition = compiled("gcc", "__asm__(\".globl probe\\nprobe: ret\\n\");\n"
                                 "extern int probe(void);\nEXPORT_SYMBOL(probe);")
    users = [compiled("gcc", f"struct s {{ int {field}; }};\nint probe(struct s *);\n"
                             f"int {field}(struct s *s) {{ return probe(s) + 1; }}")
             for field in "abc"]
    found = {crc(linked(definition, *order)) for order in itertools.permutations(users)}
    assert len(found) == 1
    assert found <= {crc(linked(definition, user)) for user in users}


def test_assembled_file_among_others():
    """Its debug information has a unit without anything in it."""
    source, file = toolbox.path("start.s"), toolbox.path("start.o")
    with open(source, "w", encoding="utf-8") as out:
        out.write(".text\n.globl start\nstart: ret\n")
    subprocess.run(["gcc", "-g", "-c", "-o", file, source], check=True)
    with_exports = compiled("gcc", SOURCE)
    assert crcs(linked(file, with_exports)) == crcs(with_exports)


def test_alias():
    """Another name of a function has the function's type."""
    source = "int f(int a, char *b) { return a + *b; }\n{}extern int probe(int, char *)" \
             " __attribute__((alias(\"f\")));\nEXPORT_SYMBOL(probe);"
    for exported_too in ("", "EXPORT_SYMBOL(f);\n"):
        file = compiled("gcc", source.replace("{}", exported_too))
        assert text(file).startswith("int f(int, char *)\n")


def test_renamed_for_the_assembler():
    """The table has the assembler's name."""
    source = "int f(long a) __asm__(\"probe\"); int f(long a) { return (int)a; }" \
             "\n#define f probe\nextern int probe(long);\nEXPORT_SYMBOL(probe);"
    assert text(compiled("gcc", source)).startswith("int f(long)\n")


# --- what has no version ---

FROM_ASSEMBLY = "int f(int a) { return a; }\nEXPORT_SYMBOL(f);\n" \
                "__asm__(\".globl probe\\nprobe: ret\\n\");\n" \
                "extern int probe(void);\nEXPORT_SYMBOL(probe);"


def test_from_assembly():
    """It is said which export has no version, and why; the others have theirs."""
    file = compiled("gcc", FROM_ASSEMBLY)
    answer = Answer(file)
    assert answer.status == 0 and list(answer.crcs()) == ["f"]
    assert answer.errors == (f"symtypes: {file}: probe has no version: nothing in the debug "
                             "information describes it (from assembly?)\n")
    answer = Answer("--text", "probe", file)
    assert (answer.status, answer.text) == (2, "") and "probe has no version" in answer.errors


def test_declared_is_better_than_nothing():
    """A call leaves a description of what assembly defines."""
    file = compiled("gcc", FROM_ASSEMBLY + "\nint g(void) { return probe() + 1; }")
    assert text(file).startswith("int probe(void)\n")


def test_without_debug_information():
    file = compiled("gcc", SOURCE, ("-g0",))
    answer = Answer(file)
    assert (answer.status, answer.text) == (0, "")
    assert answer.errors == (f"symtypes: {file}: no debug information (compile with -g): "
                             "none of its 5 exports has a version\n")
    answer = Answer("--text", "probe", file)
    assert (answer.status, answer.text) == (2, "") and "compile with -g" in answer.errors


# --- module_layout ---

LAYOUT = "struct module { int state; struct list_head list; struct secret *s; };\n" \
         "struct kernel_param { const char *name; };\n" \
         "int a(struct module *m, struct kernel_param *p, struct kernel_symbol *s)" \
         " { return m && p && s; }\n"
LAYOUT_LESS = "struct module { int state; struct list_head list; struct secret *s; };\n" \
              "int b(struct module *m) { return m != 0; }\n"
LAYOUT_MORE = "struct secret { int a; };\n" + LAYOUT.replace("int a(", "int c(")


def layout(file):
    answer = Answer("--module-layout", file)
    assert (answer.status, answer.errors) == (0, "")
    return answer.crcs()["module_layout"]


def test_module_layout():
    """Of the units that know most of the structures, the one that sees least of others' secrets."""
    file = compiled("gcc", LAYOUT)
    units = [file, compiled("gcc", LAYOUT_LESS), compiled("gcc", LAYOUT_MORE)]
    assert text(file, "module_layout").startswith(
        "void module_layout(struct module *, struct kernel_param *, struct kernel_symbol *)\n")
    assert layout(linked(*units)) == layout(linked(*reversed(units))) == layout(file)
    assert "module_layout" not in Answer(file).crcs()  # only when asked for


def test_module_layout_changes():
    before = layout(compiled("gcc", LAYOUT))
    for old, new in (("int state", "long state"), ("char *name", "char *names")):
        assert layout(compiled("gcc", LAYOUT.replace(old, new))) != before


def test_module_layout_of_its_own():
    """A kernel that defines and exports module_layout decides by itself what it is."""
    file = compiled("gcc", LAYOUT + "void module_layout(struct module *m, struct list_head *l)"
                                    " { (void)m; (void)l; }\nEXPORT_SYMBOL(module_layout);")
    assert Answer("--module-layout", file).text == Answer(file).text
    assert text(file, "module_layout").startswith(
        "void module_layout(struct module *, struct list_head *)\n")


def test_module_layout_unknown():
    file = compiled("gcc", SOURCE)
    for arguments in (("--module-layout",), ("--text", "module_layout")):
        answer = Answer(*arguments, file)
        assert (answer.status, answer.text) == (2, "")
        assert "no struct module" in answer.errors
