using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace AlertDavao.Dashboard.Shell;

/// <summary>
/// What becomes a socket reads and writes the connection's own pipes: once a request has been taken over, what the server has between
/// them and the request's body does nothing but pass on.
/// </summary>
internal sealed class RawUpgrade(IHttpUpgradeFeature upgrade, IDuplexPipe connection) : IHttpUpgradeFeature
{
    public bool IsUpgradableRequest => upgrade.IsUpgradableRequest;

    /// <summary>For what comes after it in the pipeline; a server that has no such pipes is left as it is.</summary>
    public static Task Use(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } upgrade
            && http.Features.Get<IConnectionTransportFeature>() is { Transport: { } connection })
            http.Features.Set<IHttpUpgradeFeature>(new RawUpgrade(upgrade, connection));
        return next(http);
    }

    public async Task<Stream> UpgradeAsync()
    {
        // It says to the page that the request is taken over, and nothing after that.
        var body = await upgrade.UpgradeAsync();
        return new Pipes(connection, body);
    }

    /// <summary>Used by one reader and one writer at a time, as a socket does.</summary>
    private sealed class Pipes(IDuplexPipe connection, Stream body) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var result = await connection.Input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var there = result.Buffer;
            var length = (int)Math.Min(there.Length, buffer.Length);
            if (length < there.Length)
                there = there.Slice(0, length);
            there.CopyTo(buffer.Span);
            connection.Input.AdvanceTo(there.End);
            return result.IsCanceled ? throw new OperationCanceledException() : length;
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (await connection.Output.WriteAsync(buffer, cancellationToken).ConfigureAwait(false) is { IsCompleted: true } or { IsCanceled: true })
                throw new IOException("The page has gone.");
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
            => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        // What is written is on its way.
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                body.Dispose();
            base.Dispose(disposing);
        }
    }
}
