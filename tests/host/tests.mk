
HOST_TESTS += test_ranges
test_ranges_SRC := kernel/mm/ranges.c

HOST_TESTS += test_frames
test_frames_SRC := kernel/mm/frames.c
