import { defineRule } from './defineRule.js';

export const spyware = defineRule({
  id: 'spyware',
  severity: 'high',
  message: 'It listens to keys, or takes pictures of the screen or the camera.',
  why: 'A plugin has neither; code that asks for them was made for other people’s desktops.',
  match: {
    on: 'facts',
    any: [
      {
        kind: 'import',
        name: /^(?:pynput|keyboard|pyxhook|pyWinhook|pyHook|iohook|uiohook-napi|node-global-key-listener|gkm|screenshot-desktop|desktop-screenshot|node-webcam|pyscreenshot|pyautogui|mss|ImageGrab|PIL\.ImageGrab)(?:\.|$)/,
      },
      {
        kind: 'call',
        name: /(?:^|\.)(?:GetAsyncKeyState|SetWindowsHookEx[AW]?|ImageGrab\.grab|keyboard\.(?:on_press|hook)|cv2\.VideoCapture|pynput\.keyboard\.Listener)$/,
      },
    ],
  },
  examples: {
    flags: [{ path: 'main.py', runtime: 'python', content: 'from pynput import keyboard' }, "require('iohook')"],
    passes: ["import keyboard from './keyboard.js';", "const keys = 'keyboard';"],
  },
});
