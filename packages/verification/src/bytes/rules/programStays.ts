import { beginning, defineByteRule, ELF_MAGIC, IS_PROGRAM } from '../byteRule.js';

export const programStays = defineByteRule({
  id: 'program-stays',
  severity: 'high',
  ability: 'persistence',
  message: 'A program names what starts programs by itself, or a way out of a container.',
  why: 'A plugin runs when it is called, and nowhere else.',
  text: null,
  strings: `
    $preload = "/etc/ld.so.preload"
    $release = "release_agent"
    $core = "/proc/sys/kernel/core_pattern"
    $place1 = "/etc/cron.d/"
    $place2 = "/etc/crontab"
    $place3 = "/var/spool/cron"
    $place4 = ".ssh/authorized_keys"
    $place5 = "/etc/systemd/system/"
    $place6 = "/etc/rc.local"
    $place7 = "/etc/init.d/"
    $place8 = "/etc/profile.d/"`,
  condition: `${IS_PROGRAM} and ($preload or $release or $core or 3 of ($place*))`,
  examples: {
    flags: [
      { path: 'plugin', content: beginning(ELF_MAGIC, '/etc/ld.so.preload') },
      { path: 'plugin', content: beginning(ELF_MAGIC, '/etc/cron.d/x\0/etc/rc.local\0/root/.ssh/authorized_keys') },
    ],
    passes: [
      { path: 'plugin', content: beginning(ELF_MAGIC, '/etc/systemd/system/\0/etc/init.d/') },
      { path: 'list.txt', content: '/etc/ld.so.preload' },
    ],
  },
});
