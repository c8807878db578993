/* SPDX-License-Identifier: MIT */
/* nons.c: as withns. The test takes its import away, which modpost would not let through. */
#include "withns.c"
