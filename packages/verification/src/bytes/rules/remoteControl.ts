import { beginning, defineByteRule, ELF_MAGIC, IS_DOCUMENT } from '../byteRule.js';

export const remoteControl = defineByteRule({
  id: 'remote-control',
  severity: 'high',
  ability: 'network',
  message: 'It holds the names of a tool that controls machines from elsewhere.',
  why: 'Go programs name the modules that they are built of, and known implants their own parts.',
  text: /bishopfox\/sliver|Ne0nd0g\/merlin|\/ligolo|jpillora\/chisel|fatedier\/frp|stdapi_sys|core_channel|ReflectiveLoader|busybox MIRAI|TSource Engine/,
  strings: String.raw`
    $sliver = "github.com/bishopfox/sliver/"
    $merlin = "github.com/Ne0nd0g/merlin"
    $ligolo = /github\.com\/(nicocha30|sysdream)\/ligolo/
    $chisel = "github.com/jpillora/chisel/"
    $frp = "github.com/fatedier/frp/"
    $meterpreter1 = "stdapi_sys_process_execute"
    $meterpreter2 = "core_channel_open"
    $reflective = "ReflectiveLoader@"
    $mirai1 = "/bin/busybox MIRAI"
    $mirai2 = "TSource Engine Query"`,
  condition: `any of them and not ${IS_DOCUMENT}`,
  examples: {
    flags: [
      { path: 'plugin', content: beginning(ELF_MAGIC, 'dep\tgithub.com/bishopfox/sliver/implant\tv1.5.0') },
      { path: 'a.bin', content: '/bin/busybox MIRAI' },
    ],
    passes: [
      { path: 'README.md', content: 'It finds github.com/jpillora/chisel/ and others.' },
      { path: 'plugin', content: beginning(ELF_MAGIC, 'dep\tgithub.com/jpillora/backoff\tv1.0.0') },
    ],
  },
});
