/**
 * What a person sees of a command: one line a step, with a spinner on a terminal and plain lines elsewhere.
 * It owns the lines that it draws, and never decides anything.
 */
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
/** Without a terminal, a step that takes long says so once after this time, in milliseconds, and then ever more rarely. */
const FIRST_SIGN_OF_LIFE_MS = 10_000;

/** A step under way. Ending it a second time does nothing. */
export interface Step {
  /** Replaces the grey words after the title, such as a file that is being fetched. */
  update(detail: string): void;
  /** Ends the step well; `detail` says what came out. */
  done(detail?: string): void;
  /** Ends the step badly; `detail` says why, in a word or two: the whole story is the error's. */
  fail(detail?: string): void;
}

export interface Progress {
  /** Begins a step. Several may be under way at once. */
  step(title: string): Step;
  /** Runs `work` as a step that ends as `work` does; `work` may return a detail for the line. */
  run<T>(title: string, work: (step: Step) => Promise<T>, detail?: (result: T) => string): Promise<T>;
  /** Prints a line, or several, above the steps under way. */
  print(text: string): void;
  /** Stops drawing; what was under way stays as it stands. */
  close(): void;
}

interface Line {
  title: string;
  detail: string;
  startedAt: number;
}

/** Elapsed time for people: `0.4 s`, `12 s`, `2 min 5 s`. */
export function elapsed(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** Where lines go; process.stdout fits. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** A progress printer on `output`. Every command makes one and closes it. */
export function createProgress(output: Output = process.stdout): Progress {
  return output.isTTY && process.env['TERM'] !== 'dumb' ? terminal(output) : plain(output);
}

function progress(begin: (title: string) => Step, print: (text: string) => void, close: () => void): Progress {
  return {
    step: begin,
    print,
    close,
    async run(title, work, detail) {
      const step = begin(title);
      try {
        const result = await work(step);
        step.done(detail?.(result));
        return result;
      } catch (error) {
        step.fail();
        throw error;
      }
    },
  };
}

function finished(mark: string, line: Line, detail: string | undefined): string {
  const words = detail === undefined || detail === '' ? '' : ` ${pc.dim(detail)}`;
  return `${mark} ${line.title}${words} ${pc.dim(`(${elapsed(Date.now() - line.startedAt)})`)}\n`;
}

/** One step, whose `onEnd` prints its last line and whose `onUpdate` may draw. */
function lineStep(line: Line, onEnd: (text: string) => void): Step {
  let ended = false;
  const end = (mark: string, detail: string | undefined) => {
    if (ended) return;
    ended = true;
    onEnd(finished(mark, line, detail));
  };
  return {
    update: (detail) => {
      line.detail = detail;
    },
    done: (detail) => end(pc.green('✓'), detail),
    fail: (detail) => end(pc.red('✗'), detail),
  };
}

function plain(output: Output): Progress {
  const timers = new Set<NodeJS.Timeout>();
  const begin = (title: string): Step => {
    const line: Line = { title, detail: '', startedAt: Date.now() };
    let wait = FIRST_SIGN_OF_LIFE_MS;
    let timer: NodeJS.Timeout;
    const later = () => {
      timer = setTimeout(() => {
        timers.delete(timer);
        output.write(`… ${title}${line.detail ? ` ${line.detail}` : ''} (${elapsed(Date.now() - line.startedAt)})\n`);
        wait = Math.min(wait * 2, 60_000);
        later();
      }, wait).unref();
      timers.add(timer);
    };
    later();
    return lineStep(line, (text) => {
      clearTimeout(timer);
      timers.delete(timer);
      output.write(text);
    });
  };
  return progress(
    begin,
    (text) => output.write(`${text}\n`),
    () => {
      for (const timer of timers) clearTimeout(timer);
    },
  );
}

function terminal(output: Output): Progress {
  const active = new Set<Line>();
  let drawn = 0;
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;

  const clear = () => (drawn > 0 ? `\u001b[${drawn}A\u001b[0J` : '');
  const draw = (above = '') => {
    const width = (output.columns || 80) - 1;
    const lines = [...active].map((line) => {
      const time = elapsed(Date.now() - line.startedAt);
      const text = clip(`${line.title}${line.detail ? ` ${line.detail}` : ''}`, width - time.length - 5);
      return `${pc.cyan(FRAMES[frame % FRAMES.length] ?? '')} ${text} ${pc.dim(`(${time})`)}\n`;
    });
    output.write(`${clear()}${above}${lines.join('')}`);
    drawn = lines.length;
    if (drawn > 0 && timer === undefined) {
      timer = setInterval(() => {
        frame++;
        draw();
      }, FRAME_MS).unref();
    } else if (drawn === 0 && timer !== undefined) {
      clearInterval(timer);
      timer = undefined;
    }
  };
  const begin = (title: string): Step => {
    const line: Line = { title, detail: '', startedAt: Date.now() };
    active.add(line);
    draw();
    return lineStep(line, (text) => {
      active.delete(line);
      draw(text);
    });
  };
  return progress(
    begin,
    (text) => draw(`${text}\n`),
    () => {
      clearInterval(timer);
      timer = undefined;
    },
  );
}

/** One line of at most `width` columns: a longer one would wrap, and the next drawing would miss its start. */
function clip(text: string, width: number): string {
  const flat = stripVTControlCharacters(text).replace(/\s+/g, ' ');
  return flat.length <= width ? flat : `${flat.slice(0, Math.max(0, width - 1))}…`;
}
