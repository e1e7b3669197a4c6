using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// The server's buffers, of which the one that was given back last is taken first: what is written into it still lies in the processor's
/// cache. The framework takes the one that lay longest.
/// </summary>
internal sealed class WarmBuffers : IMemoryPoolFactory<byte>
{
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => new Pool();

    internal sealed class Pool : MemoryPool<byte>
    {
        /// <summary>Bytes of a buffer, which the server relies on.</summary>
        public const int Size = 4096;

        /// <summary>Kept when nobody has them: 16 MiB. What a flood took beyond it goes back to the collector.</summary>
        public const int MostKept = 4096;

        private readonly Lock _lock = new();
        private readonly Buffer?[] _kept = new Buffer?[MostKept];
        private int _count;

        public override int MaxBufferSize => Size;

        public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, Size);
            lock (_lock)
            {
                if (_count > 0)
                {
                    var warm = _kept[--_count]!;
                    _kept[_count] = null;
                    warm.IsRented = true;
                    return warm;
                }
            }

            return new Buffer(this);
        }

        protected override void Dispose(bool disposing)
        {
            lock (_lock)
            {
                Array.Clear(_kept, 0, _count);
                _count = 0;
            }
        }

        private void Return(Buffer buffer)
        {
            lock (_lock)
            {
                // Given back twice it would be two connections' at once.
                if (!buffer.IsRented)
                    return;
                buffer.IsRented = false;
                if (_count < MostKept)
                    _kept[_count++] = buffer;
            }
        }

        private sealed class Buffer(Pool pool) : IMemoryOwner<byte>
        {
            // The system writes into it while it is waited for: it must not be moved.
            public Memory<byte> Memory { get; } = MemoryMarshal.CreateFromPinnedArray(GC.AllocateUninitializedArray<byte>(Size, pinned: true), 0, Size);

            public bool IsRented { get; set; } = true;

            public void Dispose() => pool.Return(this);
        }
    }
}
