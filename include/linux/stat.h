/* SPDX-License-Identifier: MIT */
/* stat.h: mode bits: the kind of a file, and who may do what with it. */
#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H

#define S_IFMT	   0170000
#define S_IFDIR	   0040000
#define S_IFREG	   0100000
#define S_IFLNK	   0120000
#define S_ISDIR(m) (((m)&S_IFMT) == S_IFDIR)
#define S_ISREG(m) (((m)&S_IFMT) == S_IFREG)
#define S_ISLNK(m) (((m)&S_IFMT) == S_IFLNK)

#define S_IRUSR	   00400
#define S_IWUSR	   00200
#define S_IXUSR	   00100
#define S_IRGRP	   00040
#define S_IWGRP	   00020
#define S_IXGRP	   00010
#define S_IROTH	   00004
#define S_IWOTH	   00002
#define S_IXOTH	   00001

#define S_IRUGO	   (S_IRUSR | S_IRGRP | S_IROTH)
#define S_IWUGO	   (S_IWUSR | S_IWGRP | S_IWOTH)
#define S_IXUGO	   (S_IXUSR | S_IXGRP | S_IXOTH)
#define S_IALLUGO  07777

#endif
