# SPDX-License-Identifier: MIT
#
# tests.mk: build/modules/tests: the modules of this folder, what mangle.py makes of them, and
# `expect`, which says of each what must come of it. They are not part of the image.

.PHONY: test-modules
test-modules: modules
	@$(MAKE) --no-print-directory -f tools/build/modules.mk M=modules/tests OUT=build/modules/tests \
		</dev/null
	@$(PYTHON) modules/tests/mangle.py build/modules/tests
