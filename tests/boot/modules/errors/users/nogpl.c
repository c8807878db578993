/* SPDX-License-Identifier: MIT */
/* nogpl.c: as gpluse. The test changes its licence to BSD, which modpost would not let through. */
#include "gpluse.c"
