/* SPDX-License-Identifier: MIT */
/*
 * openssl.h: for tests whose judge is openssl: it makes keys, certificates and signatures when the test
 * runs, in a folder that goes when the test ends.
 */
#ifndef TESTS_HOST_OPENSSL_H
#define TESTS_HOST_OPENSSL_H

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "crypto/crypto.h"

static char openssl_folder[] = "/tmp/koan-openssl-XXXXXX";

static int openssl_setup(void **state)
{
	(void)state;
	return mkdtemp(openssl_folder) ? 0 : -1;
}

static int openssl_teardown(void **state)
{
	char command[64];

	(void)state;
	sprintf(command, "rm -rf %s", openssl_folder);
	return system(command);
}

/* A line for the shell, run in the folder; it must succeed. */
static inline void shell(const char *fmt, ...)
{
	char command[4096];
	va_list args;
	int len = sprintf(command, "cd %s && { ", openssl_folder);

	va_start(args, fmt);
	len += vsprintf(command + len, fmt, args);
	va_end(args);
	sprintf(command + len, "; } >log 2>&1 || { cat log; false; }");
	assert_int_equal(system(command), 0);
}

static inline FILE *open_in_folder(const char *name, const char *mode)
{
	char path[256];
	FILE *file;

	sprintf(path, "%s/%s", openssl_folder, name);
	file = fopen(path, mode);
	assert_non_null(file);
	return file;
}

static inline void write_file(const char *name, const void *data, size_t len)
{
	FILE *file = open_in_folder(name, "w");

	assert_int_equal(fwrite(data, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* On just as much heap as it needs; to be given to free_bytes(). */
static inline struct bytes read_file(const char *name)
{
	FILE *file = open_in_folder(name, "r");
	long len;
	u8 *data;

	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	len = ftell(file);
	rewind(file);
	data = malloc(len);
	assert_int_equal(fread(data, 1, len, file), len);
	fclose(file);
	return (struct bytes){data, len};
}

static inline void free_bytes(struct bytes bytes)
{
	free((void *)bytes.data);
}

/* NAME.pem, the private key, and NAME.crt and NAME.der, its certificate. */
static inline void make_key(const char *name, const char *subject, const char *options)
{
	shell("openssl req -new -x509 -nodes -sha256 -utf8 -days 2 -subj '%s' %s -keyout %s.pem -out %s.crt",
	      subject, options, name, name);
	shell("openssl x509 -in %s.crt -outform DER -out %s.der", name, name);
}

#endif
