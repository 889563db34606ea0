// The microphone: asks for it when a take begins, records, gives it back. Nothing is sent anywhere.

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", ""]
// Quieter than this is silence, of a whole scale of 1.
const SILENCE = 0.02

/** Why a browser cannot record at all, or nothing. */
export function cannotRecord() {
  if (!globalThis.isSecureContext) return "insecure"
  return navigator.mediaDevices?.getUserMedia && globalThis.MediaRecorder ? undefined : "unsupported"
}

/** The name of the reason for which the microphone was not given. */
export function reasonOf(error) {
  return { NotAllowedError: "refused", SecurityError: "refused", NotFoundError: "missing", NotReadableError: "busy" }[error?.name] ?? "failed"
}

/** Asks for the microphone; the answer records: `start()`, then `await stop()` gives a blob, `drop()` gives the microphone back. */
export async function openMicrophone() {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
  const mimeType = TYPES.find((type) => !type || MediaRecorder.isTypeSupported(type))
  const recorder = new MediaRecorder(stream, mimeType ? { mimeType } : {})
  const parts = []
  recorder.addEventListener("dataavailable", ({ data }) => data.size && parts.push(data))
  const drop = () => stream.getTracks().forEach((track) => track.stop())
  return {
    start: () => recorder.start(),
    drop,
    async stop() {
      if (recorder.state !== "inactive") {
        const ended = new Promise((resolve) => recorder.addEventListener("stop", resolve, { once: true }))
        recorder.stop()
        await ended
      }
      drop()
      return new Blob(parts, { type: recorder.mimeType })
    },
  }
}

/** Seconds from the first sound of a recording to the last; nothing where it cannot be told. */
export async function spokenSeconds(blob) {
  const context = new AudioContext()
  try {
    const { length, sampleRate, ...buffer } = await context.decodeAudioData(await blob.arrayBuffer()).then((decoded) => ({
      length: decoded.length, sampleRate: decoded.sampleRate, samples: decoded.getChannelData(0),
    }))
    const step = Math.floor(sampleRate / 50)
    const loud = []
    for (let at = 0; at + step <= length; at += step) {
      let sum = 0
      for (let sample = at; sample < at + step; sample += 1) sum += buffer.samples[sample] ** 2
      if (Math.sqrt(sum / step) > SILENCE) loud.push(at)
    }
    return loud.length ? (loud.at(-1) + step - loud[0]) / sampleRate : undefined
  } catch {
    return undefined
  } finally {
    context.close()
  }
}
