/* SPDX-License-Identifier: MIT */
/* badmagic.c: as perm. The test changes its version magic. */
#include "perm.c"
