/**
 * Runs a command as a whole process and says what it cost: CPU (user + system, threads and children
 * included), wall time, peak resident memory.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Often enough to see the top of a process that grows for seconds. */
const POLL_MS = 100;

/**
 * @returns {Promise<{cpuSeconds: number, wallSeconds: number, peakRssMb: number, code: number, stdout: string, stderr: string}>}
 */
export function measure(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(
      "bash",
      ["-c", 'TIMEFORMAT="@@time %U %S %R"; time "$0" "$@"', command, ...args],
      { ...options, stdio: ["ignore", "pipe", "pipe"] },
    );
    let stdout = "";
    let stderr = "";
    let peakRssMb = 0;
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const timer = setInterval(() => {
      peakRssMb = Math.max(peakRssMb, treePeakMb(child.pid));
    }, POLL_MS);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      const times = /@@time ([\d.]+) ([\d.]+) ([\d.]+)/.exec(stderr);
      if (!times) return reject(new Error(`no times for ${command}: ${stderr.slice(-400)}`));
      const [user, system, wall] = times.slice(1).map(Number);
      resolve({
        cpuSeconds: user + system,
        wallSeconds: wall,
        peakRssMb,
        code,
        stdout,
        stderr: stderr.replace(/\n?@@time.*\n?/, ""),
      });
    });
  });
}

/** High-water mark of the largest process below `pid`. */
function treePeakMb(pid) {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
    const own = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    const below = children ? children.split(" ").map((child) => treePeakMb(child)) : [];
    return Math.max(own ? Number(own[1]) / 1024 : 0, ...below);
  } catch {
    return 0; // ended between two looks
  }
}

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
