# SPDX-License-Identifier: MIT
"""Pairs of sources, and whether the version of what they export, probe, may be the same.

Every pair says why. A module that was built against the left side is loaded, or refused, by a
kernel that has the right one. DIFFERS: it could misbehave, or would no longer compile unchanged.
SAME: nothing that it can see has changed.
"""

import collections

DIFFERS, SAME = True, False

Pair = collections.namedtuple("Pair", "differs name why left right left_flags right_flags")

PAIRS = []


def pair(differs, name, why, left, right, left_flags=(), right_flags=()):
    """Adds one; EXPORT_SYMBOL(probe) goes without saying."""
    export = "" if "EXPORT_SYMBOL" in left + right else "\nEXPORT_SYMBOL(probe);\n"
    PAIRS.append(Pair(differs, name, why, left + export, right + export, left_flags, right_flags))


# What a type is, seen through a pointer: as callers mostly see it.
def behind_pointer(differs, name, why, left, right):
    use = "\nint probe(struct thing *t) { return t != 0; }"
    pair(differs, name, why, left + use, right + use)


# --- the function itself ---

pair(DIFFERS, "parameter's type", "the caller passes 32 bits, 64 are read",
     "int probe(int a) { return a; }", "int probe(long a) { return (int)a; }")
pair(DIFFERS, "parameter added", "the caller passes one argument, two are read",
     "int probe(int a) { return a; }", "int probe(int a, int b) { return a + b; }")
pair(DIFFERS, "parameters swapped", "each argument is taken for the other",
     "long probe(int a, char *b) { return a + *b; }",
     "long probe(char *b, int a) { return a + *b; }")
pair(DIFFERS, "result's type", "the caller uses bits that were not set",
     "int probe(void) { return 1; }", "long probe(void) { return 1; }")
pair(DIFFERS, "result vanishes", "the caller uses a value that is none",
     "int probe(void) { return 1; }", "void probe(void) { }")
pair(DIFFERS, "variadic", "a variadic function is called in another way",
     "int probe(const char *f) { return *f; }", "int probe(const char *f, ...) { return *f; }")
pair(DIFFERS, "const target", "who passes a const string must be sure that it is not written to",
     "int probe(const char *s) { return *s; }", "int probe(char *s) { return *s; }")
pair(DIFFERS, "pointer to pointer", "an address is taken for what lies there",
     "int probe(void *p) { return p != 0; }", "int probe(void **p) { return p != 0; }")
pair(DIFFERS, "signedness", "the same bits mean another number",
     "int probe(signed char c) { return c; }", "int probe(unsigned char c) { return c; }")
pair(DIFFERS, "structure by value", "it is passed on the stack instead of its address",
     "struct thing { long a[4]; };\nlong probe(struct thing *t) { return t->a[0]; }",
     "struct thing { long a[4]; };\nlong probe(struct thing t) { return t.a[0]; }")
pair(DIFFERS, "callback's parameter", "the caller's function is called with another argument",
     "int probe(int (*fn)(int)) { return fn(1); }",
     "int probe(int (*fn)(long)) { return fn(1); }")
pair(DIFFERS, "function becomes variable", "data would be called",
     "int probe(void) { return 1; }", "int probe;")

pair(SAME, "parameter's name", "callers do not name parameters",
     "int probe(int count) { return count; }", "int probe(int number) { return number; }")
pair(SAME, "body", "what it does is not how it is called",
     "int probe(int a) { return a; }",
     "int probe(int a) { int b[4] = {1, a}; for (int i = 0; i < a; i++) b[i & 3]++; return b[0]; }")
pair(SAME, "const parameter", "the parameter is the function's own copy",
     "int probe(int a) { return a; }", "int probe(const int a) { return a; }")
pair(SAME, "const result", "so is the result the caller's",
     "int probe(int a) { return a; }", "const int probe(int a) { return a; }")
pair(SAME, "restrict parameter", "it promises the function's compiler what callers knew",
     "int probe(char *a) { return *a; }", "int probe(char *restrict a) { return *a; }")
pair(SAME, "array parameter", "an array as parameter is a pointer",
     "int probe(int *a) { return *a; }", "int probe(int a[4]) { return *a; }")
pair(SAME, "spelling of a type", "C has many names for one type",
     "unsigned long probe(unsigned a, short b) { return a + b; }",
     "long unsigned int probe(unsigned int a, signed short int b) { return a + b; }")
pair(SAME, "typeof", "it stands for the type it finds",
     "int probe(const char *s) { return *s; }",
     "static const char *other;\nint probe(typeof(other) s) { return *s; }")
pair(SAME, "attributes", "where code lies and whether it is inlined is not its type",
     "int probe(int a) { return a; }",
     "__attribute__((__noinline__, section(\".text.far\"), weak)) int probe(int a) { return a; }")
pair(SAME, "inlined elsewhere", "the copies of a function are not the function",
     "int probe(int unused, int a) { (void)unused; return a; }",
     "int probe(int unused, int a) { (void)unused; return a; }\n"
     "int user(int a) { return probe(1, a) + probe(2, a + 1); }")
pair(SAME, "clones", "a copy with a parameter fewer is nobody else's",
     "int probe(int n, int *p) { return n ? probe(n - 1, p) + *p : 0; }\n"
     "int user(int *p) { return probe(3, p) * probe(4, p); }",
     "int probe(int n, int *p) { return n ? probe(n - 1, p) + *p : 0; }",
     ("-O3",), ())
pair(SAME, "local namesake", "a variable inside a function is another thing of that name",
     "int probe(int a) { return a; }",
     "int other(void) { static long probe; return (int)probe++; }\n"
     "int probe(int a) { return a; }")

# --- structures and unions ---

behind_pointer(DIFFERS, "field renamed", "whoever uses the old name no longer compiles",
               "struct thing { int a, b; };", "struct thing { int a, c; };")
behind_pointer(DIFFERS, "field's type", "its bytes mean something else",
               "struct thing { unsigned int a; };", "struct thing { float a; };")
behind_pointer(DIFFERS, "fields swapped", "each is read where the other is",
               "struct thing { int a, b; };", "struct thing { int b, a; };")
behind_pointer(DIFFERS, "field added at the end", "the caller's object is too small",
               "struct thing { long a; };", "struct thing { long a, b; };")
behind_pointer(DIFFERS, "padding", "the same fields at other offsets",
               "struct thing { char a; int b; };",
               "struct thing { char a; int b; } __attribute__((packed));")
behind_pointer(DIFFERS, "alignment", "the caller's object may begin where it must not",
               "struct thing { long a[8]; };",
               "struct thing { long a[8]; } __attribute__((aligned(64)));")
behind_pointer(DIFFERS, "bit-field's width", "a larger value no longer fits",
               "struct thing { unsigned a : 3, b : 5; };",
               "struct thing { unsigned a : 3, b : 6; };")
behind_pointer(DIFFERS, "bit-field's place", "the same field some bits further",
               "struct thing { unsigned a : 3, : 2, b : 5; };",
               "struct thing { unsigned a : 3, : 4, b : 5; };")
behind_pointer(DIFFERS, "bit-field no more", "the same offset, more bits",
               "struct thing { unsigned a : 8, b : 24; };",
               "struct thing { unsigned char a; unsigned b : 24; };")
behind_pointer(DIFFERS, "array's bound", "what follows it has moved",
               "struct thing { int a[4]; };", "struct thing { int a[5]; };")
behind_pointer(DIFFERS, "array's dimensions", "as many elements, in other places",
               "struct thing { int a[2][3]; };", "struct thing { int a[3][2]; };")
behind_pointer(DIFFERS, "flexible array", "one element is part of the size",
               "struct thing { long n; char a[]; };", "struct thing { long n; char a[8]; };")
behind_pointer(DIFFERS, "volatile field", "reads of it were optimised away",
               "struct thing { int a; };", "struct thing { volatile int a; };")
behind_pointer(DIFFERS, "atomic field", "it must not be written to in two steps",
               "struct thing { int a; };", "struct thing { _Atomic int a; };")
behind_pointer(DIFFERS, "member of a union", "one more reading of the same bytes",
               "struct thing { union { int a; float b; }; };",
               "struct thing { union { int a; float b; char c[4]; }; };")
behind_pointer(DIFFERS, "structure without a name", "it is told from others by what it holds",
               "struct thing { struct { int a; } in; };",
               "struct thing { struct { int b; } in; };")
behind_pointer(DIFFERS, "structure becomes union", "all fields at one place",
               "struct inner { int a, b; };\nstruct thing { struct inner *p; };",
               "union inner { int a, b; };\nstruct thing { union inner *p; };")
behind_pointer(DIFFERS, "far away", "whatever can be reached through pointers can be used",
               "struct c { int x; };\nstruct b { struct c *c; };\nstruct thing { struct b *b; };",
               "struct c { long x; };\nstruct b { struct c *c; };\nstruct thing { struct b *b; };")
behind_pointer(DIFFERS, "in a circle", "types that lead back to themselves are read once, whole",
               "struct thing;\nstruct other { struct thing *t; int a; };\n"
               "struct thing { struct other *o; struct thing *next; };",
               "struct thing;\nstruct other { struct thing *t; int b; };\n"
               "struct thing { struct other *o; struct thing *next; };")
behind_pointer(DIFFERS, "method's parameter", "a function in a table is called otherwise",
               "struct thing { int (*open)(struct thing *, int); };",
               "struct thing { int (*open)(struct thing *, int, ...); };")
behind_pointer(DIFFERS, "no longer opaque", "what was the exporter's secret is now part of it",
               "struct thing;", "struct thing { int a; };")

behind_pointer(SAME, "names in a method", "nor do callers name a method's parameters",
               "struct thing { int (*open)(struct thing *self, int mode); };",
               "struct thing { int (*open)(struct thing *, int flags); };")
behind_pointer(SAME, "order of definitions", "C wants some order; which is its business",
               "struct a { int x; };\nstruct b { int y; };\nstruct thing { struct a *a; struct b *b; };",
               "struct b { int y; };\nstruct a { int x; };\nstruct thing { struct a *a; struct b *b; };")
behind_pointer(SAME, "declared before", "a type that is defined later is defined",
               "struct other { int a; };\nstruct thing { struct other *o; };",
               "struct other;\nstruct thing { struct other *o; };\nstruct other { int a; };")
behind_pointer(SAME, "bound by macro", "the bound is its value",
               "struct thing { char a[64 - sizeof(long)]; };", "struct thing { char a[56]; };")
behind_pointer(SAME, "order of qualifiers", "const volatile is volatile const",
               "struct thing { const volatile int *a; };",
               "struct thing { int volatile const *a; };")
behind_pointer(SAME, "static assertions", "they leave nothing behind",
               "struct thing { int a; };",
               "struct thing { int a; };\n_Static_assert(sizeof(struct thing) == 4, \"size\");")

# --- enumerations and typedefs ---

pair(DIFFERS, "enumerator's value", "the same word is another number",
     "enum mode { OFF, ON };\nint probe(enum mode m) { return m; }",
     "enum mode { OFF, ON = 2 };\nint probe(enum mode m) { return m; }")
pair(DIFFERS, "enumerator's name", "whoever uses the old one no longer compiles",
     "enum mode { OFF, ON };\nint probe(enum mode m) { return m; }",
     "enum mode { OFF, FULL };\nint probe(enum mode m) { return m; }")
pair(DIFFERS, "enumeration's size", "one byte instead of four",
     "enum mode { OFF, ON };\nint probe(enum mode *m) { return *m; }",
     "enum mode { OFF, ON } __attribute__((packed));\nint probe(enum mode *m) { return *m; }")
pair(DIFFERS, "typedef's target", "the same word is another type",
     "typedef int handle;\nint probe(handle h) { return h; }",
     "typedef unsigned int handle;\nint probe(handle h) { return (int)h; }")
pair(DIFFERS, "another typedef", "a size is not a count, even when both are unsigned long",
     "typedef unsigned long bytes;\ntypedef unsigned long count;\n"
     "int probe(bytes n) { return n != 0; }",
     "typedef unsigned long bytes;\ntypedef unsigned long count;\n"
     "int probe(count n) { return n != 0; }")
pair(DIFFERS, "typedef's alignment", "the caller's object may begin where it must not",
     "typedef int word;\nint probe(word *w) { return *w; }",
     "typedef int word __attribute__((aligned(16)));\nint probe(word *w) { return *w; }")
pair(DIFFERS, "structure behind a typedef", "an unnamed structure is part of its typedef",
     "typedef struct { int a; } handle;\nint probe(handle *h) { return h->a; }",
     "typedef struct { int a, b; } handle;\nint probe(handle *h) { return h->a; }")

pair(SAME, "values spelled out", "enumerators count by themselves",
     "enum mode { OFF, ON };\nint probe(enum mode m) { return m; }",
     "enum mode { OFF = 0, ON = OFF + 1 };\nint probe(enum mode m) { return m; }")

# --- variables ---

pair(DIFFERS, "variable's type", "eight bytes are read where four are",
     "int probe = 1;", "long probe = 1;")
pair(DIFFERS, "const variable", "a module that writes to it would fault",
     "int probe = 1;", "const int probe = 1;")
pair(DIFFERS, "bound of a variable", "loops over it end elsewhere",
     "int probe[3];", "int probe[4];")
pair(DIFFERS, "array becomes pointer", "the address of the first element is taken for it",
     "char probe[8];", "char *probe;")

pair(DIFFERS, "vector", "it is not passed as an array is",
     "typedef int v[4];\nv *probe;",
     "typedef int v __attribute__((vector_size(16)));\nv *probe;")

pair(SAME, "initial value", "a value is not a type", "int probe = 1;", "int probe = 2;")
pair(SAME, "bound told later", "the definition says how many there are",
     "int probe[5];", "extern int probe[];\nint probe[5];")

# --- what is around it ---

pair(SAME, "unrelated things", "what it does not reach is not part of it",
     "int probe(int a) { return a; }",
     "struct other { int x; };\nenum { RED, BLUE };\ntypedef struct other *others;\n"
     "static int helper(struct other *o) { return o->x; }\n"
     "int probe(int a) { return a; }\n"
     "int more(struct other *o) { return helper(o); }\nint global = RED;")
pair(SAME, "unrelated things renamed", "likewise",
     "static int one(int a) { return a + 1; }\nint probe(int a) { return one(a); }",
     "static int eins(int a) { return a + 1; }\nint probe(int a) { return eins(a); }")
pair(SAME, "prototype moved", "it may stand in a header, here, or nowhere",
     "int probe(struct list_head *l);\nint probe(struct list_head *l) { return l != 0; }",
     "#line 500 \"other.c\"\nint probe(struct list_head *l) { return l != 0; }\n"
     "int probe(struct list_head *l);")
pair(SAME, "another export", "each has a version of its own",
     "int probe(int a) { return a; }\nEXPORT_SYMBOL(probe);",
     "int first(long a) { return (int)a; }\nEXPORT_SYMBOL(first);\n"
     "int probe(int a) { return a; }\nEXPORT_SYMBOL(probe);")
pair(SAME, "kind of export", "the licence and the namespace are checked by themselves",
     "int probe(int a) { return a; }\nEXPORT_SYMBOL(probe);",
     "int probe(int a) { return a; }\nEXPORT_SYMBOL_NS_GPL(probe, PRIVATE);")

RICH = """
struct other;
enum mode { OFF = -1, ON };
typedef struct { int counter; } counter_t;
struct thing {
	struct thing *next;
	counter_t counter;
	enum mode mode : 2;
	bool ready : 1;
	union { long number; const char *text; } u;
	int (*call)(struct thing *, struct other *, ...);
	u8 tail[];
};
int probe(struct thing *t, unsigned long flags, ...) { return t->ready && flags; }
"""

pair(SAME, "no optimisation", "what is called is the source's, not the machine code's",
     RICH, RICH, ("-O0",), ("-O3",))
pair(SAME, "DWARF 4", "an older way to say the same", RICH, RICH, (), ("-gdwarf-4",))
pair(SAME, "DWARF 3", "bit-fields are told from the other end",
     RICH, RICH, (), ("-gdwarf-3", "-gstrict-dwarf"))
pair(SAME, "compressed", "the debug information is unpacked first", RICH, RICH, (), ("-gz",))
