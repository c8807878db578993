; SPDX-License-Identifier: MIT
;
; certificates.asm: the certificates whose owners' signatures this kernel accepts, one behind the
; other, in DER. The build gathers them: tools/build/certificates.mk.

global trusted_certificates, trusted_certificates_size

section .rodata progbits alloc noexec nowrite align=8

trusted_certificates_size:
	dq end - trusted_certificates

trusted_certificates:
	incbin "build/certs/trusted.der"
end:
