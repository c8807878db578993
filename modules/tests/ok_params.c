/* SPDX-License-Identifier: MIT */
/* ok_params.c: a parameter of each type; init prints them all. */
/* expect: loads; args "num=-5 big=0x10 flag who=koan arr=1,2,3 buffer=text un-der=9"; log "ok_params: num=-5 big=16 flag=1 who=koan arr=1,2,3,0 narr=3 buffer=text un_der=9" */
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

static int num = 1;
static unsigned long long big;
static bool flag;
static char *who = "world";
static int arr[4];
static unsigned int narr;
static char buffer[8] = "none";
static unsigned char un_der;

module_param(num, int, 0644);
MODULE_PARM_DESC(num, "A number");
module_param(big, ullong, 0444);
module_param(flag, bool, 0444);
module_param(who, charp, 0444);
module_param_array(arr, int, &narr, 0444);
module_param_string(buffer, buffer, sizeof(buffer), 0444);
module_param(un_der, byte, 0);

static int __init ok_params_init(void)
{
	printk(KERN_INFO "ok_params: num=%d big=%llu flag=%d who=%s arr=%d,%d,%d,%d narr=%u "
			 "buffer=%s un_der=%u\n",
	       num, big, flag, who, arr[0], arr[1], arr[2], arr[3], narr, buffer, un_der);
	return 0;
}

static void __exit ok_params_exit(void)
{
	printk(KERN_INFO "ok_params: num=%d\n", num);
}

module_init(ok_params_init);
module_exit(ok_params_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Parameters");
