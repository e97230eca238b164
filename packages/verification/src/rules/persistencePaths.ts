import { defineRule } from './defineRule.js';

export const persistencePaths = defineRule({
  id: 'persistence-paths',
  severity: 'medium',
  ability: 'persistence',
  message: 'It names a place from which systems start programs by themselves.',
  why: 'What is written there runs again after the plugin has ended. Help texts name such places too.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'string',
        name: /(?:^|[\\/~ "'])\.(?:bashrc|bash_profile|bash_login|zshrc|zprofile|profile|config\/fish\/config\.fish|config\/autostart)\b|\/etc\/(?:cron|rc\.local|profile\.d|init\.d|systemd\/system|ld\.so\.preload)|\bcrontab\b|\bsystemctl\s+(?:--user\s+)?enable\b|\.config\/systemd\/user|Library\/Launch(?:Agents|Daemons)|\blaunchctl\s+load\b|CurrentVersion\\+Run|Start Menu\\+Programs\\+Startup|\bschtasks\b|\breg(?:\.exe)?\s+add\b|\.ssh\/authorized_keys|\bauthorized_keys\b|\.git\/hooks|\bLD_PRELOAD\b|\bsitecustomize\b|\busercustomize\b/i,
      },
    ],
  },
  examples: {
    flags: [
      "append(join(home, '.bashrc'), line)",
      "exec('crontab -l')",
      { path: 'main.py', runtime: 'python', content: "key = r'Software\\Microsoft\\Windows\\CurrentVersion\\Run'" },
    ],
    passes: ["const text = 'profile';", "join(home, 'bashrc.txt')"],
  },
});
