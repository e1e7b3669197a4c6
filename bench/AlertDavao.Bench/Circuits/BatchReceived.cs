using System.Diagnostics;

namespace AlertDavao.Bench.Circuits;

/// <summary>
/// A render batch, called after it was acknowledged, on the circuit's own reader: <paramref name="receivedAt"/> is the
/// <see cref="Stopwatch"/> time its last byte came in. The bytes are good until the callback returns.
/// </summary>
internal delegate void BatchReceived(CircuitClient circuit, ReadOnlyMemory<byte> batch, long receivedAt);
