/* SPDX-License-Identifier: MIT */
/*
 * errno.h: error numbers, with Linux's values on x86-64. Kernel functions return them negated.
 * ERRNO_LIST pairs each with the sentence that a C library's strerror() gives for it.
 */
#ifndef _LINUX_ERRNO_H
#define _LINUX_ERRNO_H

#define ERRNO_LIST(X)                                                                              \
	X(EPERM, 1, "Operation not permitted")                                                     \
	X(ENOENT, 2, "No such file or directory")                                                  \
	X(ESRCH, 3, "No such process")                                                             \
	X(EINTR, 4, "Interrupted system call")                                                     \
	X(EIO, 5, "Input/output error")                                                            \
	X(ENXIO, 6, "No such device or address")                                                   \
	X(E2BIG, 7, "Argument list too long")                                                      \
	X(ENOEXEC, 8, "Exec format error")                                                         \
	X(EBADF, 9, "Bad file descriptor")                                                         \
	X(ECHILD, 10, "No child processes")                                                        \
	X(EAGAIN, 11, "Resource temporarily unavailable")                                          \
	X(ENOMEM, 12, "Cannot allocate memory")                                                    \
	X(EACCES, 13, "Permission denied")                                                         \
	X(EFAULT, 14, "Bad address")                                                               \
	X(EBUSY, 16, "Device or resource busy")                                                    \
	X(EEXIST, 17, "File exists")                                                               \
	X(EXDEV, 18, "Invalid cross-device link")                                                  \
	X(ENODEV, 19, "No such device")                                                            \
	X(ENOTDIR, 20, "Not a directory")                                                          \
	X(EISDIR, 21, "Is a directory")                                                            \
	X(EINVAL, 22, "Invalid argument")                                                          \
	X(ENFILE, 23, "Too many open files in system")                                             \
	X(EMFILE, 24, "Too many open files")                                                       \
	X(ENOTTY, 25, "Inappropriate ioctl for device")                                            \
	X(ETXTBSY, 26, "Text file busy")                                                           \
	X(EFBIG, 27, "File too large")                                                             \
	X(ENOSPC, 28, "No space left on device")                                                   \
	X(ESPIPE, 29, "Illegal seek")                                                              \
	X(EROFS, 30, "Read-only file system")                                                      \
	X(EMLINK, 31, "Too many links")                                                            \
	X(EPIPE, 32, "Broken pipe")                                                                \
	X(EDOM, 33, "Numerical argument out of domain")                                            \
	X(ERANGE, 34, "Numerical result out of range")                                             \
	X(EDEADLK, 35, "Resource deadlock avoided")                                                \
	X(ENAMETOOLONG, 36, "File name too long")                                                  \
	X(ENOSYS, 38, "Function not implemented")                                                  \
	X(ENOTEMPTY, 39, "Directory not empty")                                                    \
	X(ELOOP, 40, "Too many levels of symbolic links")                                          \
	X(ENODATA, 61, "No data available")                                                        \
	X(ETIME, 62, "Timer expired")                                                              \
	X(ENOPKG, 65, "Package not installed")                                                     \
	X(EPROTO, 71, "Protocol error")                                                            \
	X(EBADMSG, 74, "Bad message")                                                              \
	X(EOVERFLOW, 75, "Value too large for defined data type")                                  \
	X(EOPNOTSUPP, 95, "Operation not supported")                                               \
	X(ENOBUFS, 105, "No buffer space available")                                               \
	X(ETIMEDOUT, 110, "Connection timed out")                                                  \
	X(EALREADY, 114, "Operation already in progress")                                          \
	X(ENOKEY, 126, "Required key not available")                                               \
	X(EKEYREJECTED, 129, "Key was rejected by service")

/* The preprocessor cannot write #define lines from the list; the assert in errno.c keeps both equal. */
#define EPERM	     1
#define ENOENT	     2
#define ESRCH	     3
#define EINTR	     4
#define EIO	     5
#define ENXIO	     6
#define E2BIG	     7
#define ENOEXEC	     8
#define EBADF	     9
#define ECHILD	     10
#define EAGAIN	     11
#define EWOULDBLOCK  EAGAIN
#define ENOMEM	     12
#define EACCES	     13
#define EFAULT	     14
#define EBUSY	     16
#define EEXIST	     17
#define EXDEV	     18
#define ENODEV	     19
#define ENOTDIR	     20
#define EISDIR	     21
#define EINVAL	     22
#define ENFILE	     23
#define EMFILE	     24
#define ENOTTY	     25
#define ETXTBSY	     26
#define EFBIG	     27
#define ENOSPC	     28
#define ESPIPE	     29
#define EROFS	     30
#define EMLINK	     31
#define EPIPE	     32
#define EDOM	     33
#define ERANGE	     34
#define EDEADLK	     35
#define ENAMETOOLONG 36
#define ENOSYS	     38
#define ENOTEMPTY    39
#define ELOOP	     40
#define ENODATA	     61
#define ETIME	     62
#define ENOPKG	     65
#define EPROTO	     71
#define EBADMSG	     74
#define EOVERFLOW    75
#define EOPNOTSUPP   95
#define ENOBUFS	     105
#define ETIMEDOUT    110
#define EALREADY     114
#define ENOKEY	     126
#define EKEYREJECTED 129

#endif
