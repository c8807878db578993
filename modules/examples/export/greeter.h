/* SPDX-License-Identifier: MIT */
/* greeter.h: what greeter.ko offers to other modules. */
#ifndef GREETER_H
#define GREETER_H

/* How many were greeted since the module was loaded. */
extern unsigned int greeter_count;

/* Greets @who in the kernel log. */
void greeter_greet(const char *who);

#endif
