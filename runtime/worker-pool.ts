import { type Transferable, Worker } from 'node:worker_threads'
import { HubError, type HubErrorCode } from '../model/error.ts'

export interface WorkerPoolOptions {
  /** A module that calls `answerJobs`. */
  readonly script: URL
  /** Threads at most; none is started before there is work for it. */
  readonly size: number
  /** Jobs that may wait. */
  readonly queue: number
  /** For one job, in milliseconds, from the moment it is begun. */
  readonly timeLimit: number
  /** Heap of one thread, in mebibytes. */
  readonly memory: number
}

/** Work done outside the thread that serves: a job that loops or takes too much memory costs its sender a refusal, nobody else anything. */
export interface WorkerPool<Job, Answer> {
  /**
   * Does one job. What is in `transfer` is handed over, not copied, and gone for the caller.
   * @throws HubError UNAVAILABLE when too many jobs wait or the pool is closed, TOO_LARGE when the job passes its limit of time or
   *   memory, or the code the job was refused with
   */
  readonly run: (job: Job, transfer?: readonly Transferable[]) => Promise<Answer>
  /** Ends all threads; jobs not done are refused as UNAVAILABLE. */
  readonly close: () => Promise<void>
}

/** What a thread answers. */
export type WorkerAnswer<Answer> =
  | { readonly answer: Answer }
  | { readonly refusal: { readonly code: HubErrorCode; readonly zh: string; readonly en: string } }

interface Waiting<Job, Answer> {
  readonly job: Job
  readonly transfer: readonly Transferable[]
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

interface Thread<Job, Answer> {
  readonly worker: Worker
  /** Null: idle. */
  work: Waiting<Job, Answer> | null
  timer: NodeJS.Timeout | undefined
}

/** Opens a pool; its threads end when it is closed and never keep the process alive while idle. */
export function workerPool<Job, Answer>(options: WorkerPoolOptions): WorkerPool<Job, Answer> {
  const threads = new Set<Thread<Job, Answer>>()
  const waiting: Waiting<Job, Answer>[] = []
  let isClosed = false

  function dispatch(): void {
    for (let next = waiting[0]; next !== undefined && !isClosed; next = waiting[0]) {
      const thread = idleThread()
      if (thread === null) return
      waiting.shift()
      begin(thread, next)
    }
  }

  function idleThread(): Thread<Job, Answer> | null {
    for (const thread of threads) if (thread.work === null) return thread
    return threads.size < options.size ? start() : null
  }

  function start(): Thread<Job, Answer> {
    const worker = new Worker(options.script, {
      resourceLimits: { maxOldGenerationSizeMb: options.memory },
      env: {},
      execArgv: [],
      stdin: false,
    })
    const thread: Thread<Job, Answer> = { worker, work: null, timer: undefined }
    worker.unref()
    worker.on('message', (message: WorkerAnswer<Answer>) => finish(thread, message))
    worker.on('messageerror', (error) => drop(thread, error))
    worker.on('error', (error) => drop(thread, isOutOfMemory(error) ? tooLarge('内存', 'memory') : error))
    worker.on('exit', () => drop(thread, stopped()))
    threads.add(thread)
    return thread
  }

  function begin(thread: Thread<Job, Answer>, next: Waiting<Job, Answer>): void {
    thread.work = next
    thread.worker.ref()
    thread.timer = setTimeout(() => drop(thread, tooLarge('时间', 'time')), options.timeLimit)
    try {
      thread.worker.postMessage(next.job, [...next.transfer])
    } catch (error) {
      release(thread)?.reject(error)
    }
  }

  function finish(thread: Thread<Job, Answer>, message: WorkerAnswer<Answer>): void {
    const work = release(thread)
    if ('answer' in message) work?.resolve(message.answer)
    else work?.reject(new HubError(message.refusal.code, message.refusal.zh, message.refusal.en))
    dispatch()
  }

  /** Gives up a thread with what it works on; another takes its place when there is work. */
  function drop(thread: Thread<Job, Answer>, error: unknown): void {
    if (!threads.delete(thread)) return
    const work = release(thread)
    thread.worker.terminate().catch(() => 0) // it is gone either way
    work?.reject(error)
    dispatch()
  }

  function release(thread: Thread<Job, Answer>): Waiting<Job, Answer> | null {
    const { work } = thread
    clearTimeout(thread.timer)
    thread.work = null
    thread.worker.unref()
    return work
  }

  return {
    run: (job, transfer = []) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(stopped())
        if (waiting.length >= options.queue) return reject(busy())
        waiting.push({ job, transfer, resolve, reject })
        dispatch()
      }),
    close: async () => {
      isClosed = true
      for (const work of waiting.splice(0)) work.reject(stopped())
      const ending = [...threads]
      for (const thread of ending) drop(thread, stopped())
      await Promise.all(ending.map(({ worker }) => worker.terminate()))
    },
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

function tooLarge(zh: string, en: string): HubError {
  return new HubError('TOO_LARGE', `处理此文件所需的${zh}超过上限`, `this takes more ${en} than it may`)
}

function busy(): HubError {
  return new HubError('UNAVAILABLE', '等待处理的文件过多，请稍后再试', 'too many files are waiting, try again later')
}

function stopped(): HubError {
  return new HubError('UNAVAILABLE', '处理已中止，请稍后再试', 'the work was stopped, try again later')
}
