# SPDX-License-Identifier: MIT
"""The console's commands and its shell: same output, errors and statuses as this machine's own.

Each line below is typed in Koan and given to bash here, with the same files in the folder. What
has no namesake, or tells of the machine, is looked at by itself in test_own_commands.py.
"""

import pytest

from outside import Outside

SAME = r"""
cat poem
cat poem twelve no-newline poem
cat -n poem
cat -n no-newline blank
cat empty
cat nosuch
cat nosuch poem
cat poem nosuch twelve
cat .
cat < poem
cat - < poem
cat poem - twelve < blank
cat -z
cat long
cat poem/below

head poem twelve
head twelve
head -n 3 twelve
head -n3 twelve
head -3 twelve
head -n 0 twelve
head -n 100 twelve
head -c 10 poem
head -c 0 poem
head -c10 poem twelve
head nosuch
head -n 1 nosuch poem
head -n x poem
head -c x poem
head empty
head no-newline
head < twelve
cat twelve | head -n 2
head -n
head .

tail twelve
tail -n 3 twelve
tail -n +11 twelve
tail -n +0 twelve
tail -n +99 twelve
tail -3 twelve
tail -n 0 twelve
tail -c 10 poem
tail -c +100 poem
tail -n 1 no-newline
tail -n 2 poem twelve
tail nosuch
tail -n 1 nosuch poem
tail -n x poem
tail empty
tail blank
cat twelve | tail -n 2
tail .

wc poem
wc -l poem
wc -w poem
wc -c poem
wc -lw poem
wc poem twelve empty
wc -l poem twelve
wc no-newline
wc < poem
wc -l < poem
cat poem | wc
wc nosuch
wc nosuch poem
wc empty
wc -z
wc long
wc .

hexdump bytes
hexdump -C bytes
hexdump -v bytes
hexdump -Cv bytes
hexdump poem
hexdump -C poem
hexdump one-byte
hexdump -C one-byte
hexdump empty
hexdump -C empty poem empty
hexdump poem twelve | tail -n 3
hexdump -C twelve bytes twelve
hexdump -n 20 poem
hexdump -C -n 0x10 poem
hexdump -n 010 poem
hexdump -n 0 poem
hexdump -n 1K -C long
hexdump -n 99999999 twelve
hexdump -s 5 poem
hexdump -C -s 0x22 -n 7 poem
hexdump -s 1KiB -n 3 long
hexdump -s 100 -n 60 poem twelve
hexdump -s 100000 poem
hexdump -C -s 100000 poem twelve
hexdump -n x poem
hexdump -s -1 poem
hexdump -s 1Q poem
hexdump -n
hexdump -Z poem
hexdump nosuch
hexdump nosuch poem
hexdump poem nosuch
cat bytes | hexdump -C
cat bytes | hexdump
hexdump < poem

sort numbers
sort -n numbers
sort -r numbers
sort -rn numbers
sort -u words
sort -nu numbers
sort words
sort words numbers
sort -r words
sort no-newline
sort empty
sort nosuch
sort -Q words
cat words | sort
sort < words
sort .

grep wind poem
grep -v wind poem
grep -c wind poem
grep -n wind poem
grep -i WIND poem
grep -ic low poem
grep -q wind poem
grep -q nothing poem
grep nothing poem
grep -l wind poem twelve words
grep wind poem twelve
grep -h wind poem twelve
grep -H wind poem
grep -n e poem twelve
grep -c e poem twelve empty
grep -vc e poem
grep -e wind -e tide poem
grep -w foo regex
grep -x ab regex
grep -F a.b regex
grep -F '[x]' regex
grep 'a.b' regex
grep 'a\.b' regex
grep 'a*b' regex
grep '^a' regex
grep 'b$' regex
grep '^$' poem
grep -n '^$' poem
grep '[0-9]' regex
grep '[^a-z]' regex
grep '^[A-Z]* [a-z]*$' regex
grep '[]x[]' regex
grep 'a+b' regex
grep -E 'a+b' regex
grep -E '(ab)+$' regex
grep -E 'foo|bar' regex
grep 'foo\|bar' regex
grep -E 'x?y' regex
grep -E '^(a|b)*$' regex
grep '\[x\]' regex
grep -E '\^start|end\$' regex
grep 'back\\slash' regex
grep -E 'foo\(bar\)' regex
grep '' twelve
grep -v '' twelve
grep '.' blank
grep last no-newline
grep
grep wind nosuch
grep -q wind nosuch poem
grep wind nosuch poem
cat poem | grep tide
cat poem | grep -c tide
grep tide < poem
grep '[a' regex
grep -E 'a(' regex
grep 'a\(' regex
grep -E ')' regex
grep '[[:digit:]]' regex
grep '[[:upper:]][[:lower:]]' words poem
grep -nv i poem
grep -wi low poem
grep -xv ab regex
grep '\bfoo\b' regex
grep '\<bar' regex
grep '*b' regex

echo
echo one  two
echo -n no end
echo -e 'a\tb\nc\\d\x41\0101'
echo -e 'cut\chere'
echo -E 'a\tb'
echo -ne 'a\n'
echo -x dash
echo -- dashes
echo -n -e 'x\ty'
echo '' ''
echo -e '\a\b\e\f\v' | wc -c
echo -e '\08 \xg \q' | wc -c

true
false
true extra words
uname extra
uname -z
pwd extra
cd nosuch
cd poem
cd one two
cd . && cat a.txt
mkdir
touch
rm
cp
rm nosuch
rm -f nosuch
rm -z
mkdir poem
mkdir new && mkdir new; rm -r new
mkdir -p n/e/w && ls n n/e && mkdir -p n/e && rm -r n
mkdir new && rm new; rm -r new
mkdir none/new
touch new && wc -c new && rm new && cat new
cp poem copy && cat copy && rm copy
cp nosuch copy
cp poem a.txt nosuch
cp poem
mkdir d && cp poem a.txt d && ls d && rm -r d
cp poem poem
cp . copy

ls | cat
ls -1
ls -a | cat
ls *.txt
ls a.txt nosuch b.txt
ls -d .
ls nosuch
ls -1 c.md a.txt
ls -z
mkdir sub; touch sub/two sub/one; ls sub poem; rm -r sub
mkdir sub; ls sub; rm -r sub

insmod
insmod nosuch.ko
rmmod
rmmod nosuch
rmmod nosuch other
modinfo
modinfo nosuch
modinfo ./nosuch.ko

nosuchcommand
nosuchcommand | cat
./poem
./nosuch
/

echo 'single $? "quotes"'
echo "double 'quotes' \" \\ \x"
echo back\ slash \' \" \\
echo a"b"'c'd
echo "" | wc -c
echo a#b # a comment
# only a comment
echo a;echo b
echo a; echo b ;
echo a && echo b || echo c
false && echo b || echo c
false || false || echo c
true || echo b && echo c
false; echo $?
true; echo $?
nosuchcommand; echo $?
cat nosuch; echo $?
echo "$?" '$?' \$?
false || echo "was $?"
echo one > out; cat out; rm out
echo one > out; echo two >> out; cat < out; rm out
cat nosuch 2> err; cat err; rm err
cat nosuch poem > both 2>&1; cat both; rm both
cat nosuch poem &> both; cat both; rm both
cat nosuch 2>> err; cat nosuch 2>> err; wc -l err; rm err
echo to error >&2
echo to error >&2 2> nothing; cat nothing; rm nothing
cat nosuch 2>&1 | wc -l
> made; ls made; rm made
cat < nosuch
echo x > .
echo x > nosuch/file
cat poem | grep wind | wc -l
cat poem | cat | cat | head -n 1
echo a | cat poem -
false | true; echo $?
true | false; echo $?
ls *.md *.txt
echo *.txt
echo *.nosuch
echo '*.txt' "*.txt" \*.txt
echo [ab].txt ?.md
echo [!a]*.txt
echo */
echo "a.t"x*
cat *.txt
echo /*/null
|
| cat
cat |
;
;; echo
echo a ;; echo b
&& echo
echo a &&
echo a | | cat
echo >
echo > > a
cat <
echo )
echo 'never closed
echo "never closed
""
'' poem
echo a	b
  echo   leading
echo 2>&1 one
echo 2 > two; cat two; rm two
echo 2> two; cat two; rm two
echo a>out b; cat out; rm out
echo $
echo "$"
"""


def lines():
    return [line for line in SAME.split("\n") if line]


@pytest.fixture(scope="module")
def outside(tmp_path_factory):
    return Outside(tmp_path_factory.mktemp("outside"))


@pytest.fixture(scope="module")
def console(boot, outside):
    return boot(files=outside.paths())


@pytest.mark.parametrize("command", lines())
def test_same_as_here(console, outside, command):
    want, status = outside.run(command)
    got = console.run(command)
    assert (got.text, got.status) == (want, status)
