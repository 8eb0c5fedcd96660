//! What the helper is asked to do: its arguments, its options, and the code.

use pvf_engine::options::Options;
use std::io::Read;
use std::time::Duration;

pub struct Call {
    pub options: Options,
    pub blob: Vec<u8>,
    /// Where the artifact goes; written only when the job succeeds.
    pub artifact: String,
    pub prechecking: bool,
    pub threads: usize,
    /// A file of compiled functions: read if it is there, written anew after success.
    pub store: Option<String>,
    /// Where the costs by function go, after success. Then there is no store.
    pub costs: Option<String>,
    /// CPU time of the whole process.
    pub cpu_limit: Option<Duration>,
    /// The caller keeps our standard input open for as long as it wants an answer.
    pub tied: bool,
}

/// # Errors
/// A sentence for whoever wrote the call.
pub fn read_call(words: &[String]) -> Result<Call, String> {
    let [options, blob, artifact, rest @ ..] = words else {
        return Err("OPTIONS BLOB ARTIFACT are needed".into());
    };
    let options = match options.as_str() {
        "-" => Options { host_cpu: cfg!(all(target_arch = "x86_64", target_os = "linux")), ..Options::default() },
        path => Options::parse(&std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?)?,
    };
    let mut call = Call {
        options,
        blob: Vec::new(),
        artifact: artifact.clone(),
        prechecking: true,
        threads: std::thread::available_parallelism().map_or(1, usize::from),
        store: None,
        costs: None,
        cpu_limit: None,
        tied: false,
    };
    for pair in rest.chunks(2) {
        let [word, value] = pair else { return Err(format!("{}: a value is missing", pair[0])) };
        set(&mut call, word, value)?;
    }
    call.tied = blob == "-";
    call.blob = if call.tied { read_tied_blob() } else { std::fs::read(blob) }.map_err(|error| format!("{blob}: {error}"))?;
    Ok(call)
}

fn set(call: &mut Call, word: &str, value: &str) -> Result<(), String> {
    match (word, value) {
        ("--kind", "prechecking") => call.prechecking = true,
        ("--kind", "compilation") => call.prechecking = false,
        ("--threads", _) => call.threads = number(word, value)?.max(1) as usize,
        ("--store", _) => call.store = Some(value.to_string()),
        ("--costs", _) => call.costs = Some(value.to_string()),
        ("--cpu-limit-ms", _) => call.cpu_limit = Some(Duration::from_millis(number(word, value)?)),
        _ => return Err(format!("unknown words: {word} {value}")),
    }
    Ok(())
}

fn number(word: &str, value: &str) -> Result<u64, String> {
    value.parse().map_err(|_| format!("{word} {value}: not a number"))
}

/// Eight bytes of length, little-endian, then the blob. Nothing follows; the end of the stream is the caller's end.
fn read_tied_blob() -> std::io::Result<Vec<u8>> {
    let mut input = std::io::stdin().lock();
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let length = u64::from_le_bytes(length);
    let mut blob = Vec::new();
    let read = input.take(length).read_to_end(&mut blob)?;
    if read as u64 == length { Ok(blob) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
}
