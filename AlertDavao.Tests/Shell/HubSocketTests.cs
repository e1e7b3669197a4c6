using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Shell;

/// <summary>A page's connection to the hub: what each says the other hears, and neither waits for one that has gone.</summary>
public sealed class HubSocketTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _time = new();
    private readonly FakePage _page = new();
    private readonly HubSocket _socket;

    public HubSocketTests() => _socket = new HubSocket(new DefaultHttpContext(), _page, _time);

    public void Dispose() => _page.Dispose();

    [Fact]
    public async Task What_the_hub_says_is_one_message_however_long_it_is()
    {
        var output = _socket.Transport.Output;
        _socket.ActiveFormat = TransferFormat.Binary;
        var words = new byte[50_000];
        Random.Shared.NextBytes(words);

        foreach (var piece in words.Chunk(3000))
            output.Write(piece);
        output.UnflushedBytes.Should().Be(words.Length);
        await output.FlushAsync();
        await output.WriteAsync("ping"u8.ToArray());

        _page.Heard.Select(heard => heard.Bytes.Length).Should().Equal(words.Length, 4);
        _page.Heard[0].Bytes.Should().Equal(words);
        _page.Heard.Should().OnlyContain(heard => heard.Type == WebSocketMessageType.Binary);
        output.UnflushedBytes.Should().Be(0);
    }

    [Fact]
    public async Task Before_they_agree_on_a_protocol_it_is_text()
    {
        await _socket.Transport.Output.WriteAsync("{}"u8.ToArray());

        _page.Heard.Single().Type.Should().Be(WebSocketMessageType.Text);
    }

    [Fact]
    public async Task A_page_that_has_gone_is_told_nothing_and_nobody_fails_for_it()
    {
        _page.Abort();

        (await _socket.Transport.Output.WriteAsync("ping"u8.ToArray())).IsCompleted.Should().BeTrue();
        _socket.Transport.Output.UnflushedBytes.Should().Be(0);
        _page.Heard.Should().BeEmpty();
    }

    [Fact]
    public async Task A_page_that_takes_nothing_for_ten_seconds_is_let_go()
    {
        _page.Stalls();
        var writing = _socket.Transport.Output.WriteAsync("ping"u8.ToArray()).AsTask();

        _time.Advance(HubSocket.SendTimeout);
        _socket.Beat(_time.GetTimestamp());
        writing.IsCompleted.Should().BeFalse("its ten seconds are not over");
        _time.Advance(TimeSpan.FromSeconds(1));
        _socket.Beat(_time.GetTimestamp());

        (await writing.WaitAsync(Long)).IsCompleted.Should().BeTrue();
        _page.State.Should().Be(WebSocketState.Aborted);
    }

    [Fact]
    public async Task Who_gives_up_a_message_that_is_not_taken_gives_up_the_connection()
    {
        var output = _socket.Transport.Output;
        output.CancelPendingFlush();
        _page.State.Should().Be(WebSocketState.Open, "nothing waits");

        _page.Stalls();
        var writing = output.WriteAsync("ping"u8.ToArray()).AsTask();
        output.CancelPendingFlush();

        (await writing.WaitAsync(Long)).IsCompleted.Should().BeTrue();
        _page.State.Should().Be(WebSocketState.Aborted);
    }

    [Fact]
    public async Task The_hub_reads_where_the_page_was_heard()
    {
        var heard = new List<(string Words, int Thread)>();
        var running = _socket.Run(connection => Read(connection, words => heard.Add((words, Environment.CurrentManagedThreadId))));

        var thread = await _page.Says("one");
        _page.Closes();
        await running.WaitAsync(Long);

        heard.Should().Equal(("one", thread));
        _page.State.Should().Be(WebSocketState.Closed, "the hub's side took leave, too");
    }

    [Fact]
    public async Task Who_ends_the_hub_does_not_do_its_work()
    {
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var running = _socket.Run(async connection =>
        {
            await Read(connection, _ => { });
            ended.SetResult(Environment.CurrentManagedThreadId);
        });

        var ending = await Task.Factory.StartNew(
            () =>
            {
                _socket.Leave();
                return Environment.CurrentManagedThreadId;
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        (await ended.Task.WaitAsync(Long)).Should().NotBe(ending);
        _page.Closes();
        await running.WaitAsync(Long);
    }

    [Fact]
    public async Task A_page_that_goes_without_a_word_ends_the_hub()
    {
        var running = _socket.Run(connection => Read(connection, _ => { }));

        _page.Abort();

        await running.WaitAsync(Long);
        _page.State.Should().Be(WebSocketState.Aborted);
    }

    [Fact]
    public async Task A_page_that_does_not_agree_to_the_end_is_let_go()
    {
        var running = _socket.Run(_ => Task.CompletedTask);
        _page.State.Should().Be(WebSocketState.CloseSent);
        running.IsCompleted.Should().BeFalse("the page may still agree");

        _time.Advance(HubSocket.CloseTimeout);

        await running.WaitAsync(Long);
        _page.State.Should().Be(WebSocketState.Aborted);
    }

    [Fact]
    public async Task A_page_that_has_not_heard_of_the_end_yet_may_say_some_more()
    {
        var running = _socket.Run(_ => Task.CompletedTask);

        await _page.Says("late");
        running.IsCompleted.Should().BeFalse("it has not agreed");
        _page.Closes();

        await running.WaitAsync(Long);
        _page.State.Should().Be(WebSocketState.Closed);
    }

    [Fact]
    public async Task A_page_that_goes_on_and_on_is_heard_no_more()
    {
        var running = _socket.Run(_ => Task.CompletedTask);

        for (var said = 0; !running.IsCompleted; said += 4000)
        {
            said.Should().BeLessThan(200_000);
            await Task.WhenAny(_page.Says(new string('x', 4000)), running);
        }

        await running.WaitAsync(Long);
    }

    [Fact]
    public async Task A_hub_that_fails_takes_its_leave_all_the_same()
    {
        var running = _socket.Run(_ => Task.FromException(new InvalidDataException("no such message")));
        _page.Closes();

        await running.Invoking(run => run.WaitAsync(Long)).Should().ThrowAsync<InvalidDataException>();
        _page.State.Should().Be(WebSocketState.Closed);
    }

    [Fact]
    public void Who_called_a_moment_ago_is_not_pinged_and_who_is_quiet_is()
    {
        var pings = 0;
        var calls = (CallRate)_socket.Items[typeof(CallRate)]!;
        ((IConnectionHeartbeatFeature)_socket).OnHeartbeat(state => pings += (int)state, 1);

        for (var second = 0; second < 60; second++)
        {
            Beat();
            if (second % 3 == 0)
                calls.TryCall();
        }

        pings.Should().Be(0);
        calls.TryCall();
        for (var second = 1; second <= 10; second++)
            Beat();
        pings.Should().Be(7, "of the seconds 4 to 10");
    }

    private void Beat()
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        _socket.Beat(_time.GetTimestamp());
    }

    private static async Task Read(ConnectionContext connection, Action<string> read)
    {
        while (true)
        {
            var result = await connection.Transport.Input.ReadAsync();
            if (!result.Buffer.IsEmpty)
                read(Encoding.UTF8.GetString(result.Buffer.ToArray()));
            connection.Transport.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted || result.IsCanceled)
                return;
        }
    }

    private sealed class FakePage : WebSocket
    {
        private readonly Channel<(byte[] Bytes, TaskCompletionSource<int> Thread)> _said = Channel.CreateUnbounded<(byte[], TaskCompletionSource<int>)>();
        private readonly TaskCompletionSource _taken = new();
        private WebSocketState _state = WebSocketState.Open;
        private bool _stalls;

        public List<(byte[] Bytes, WebSocketMessageType Type)> Heard { get; } = [];

        public override WebSocketCloseStatus? CloseStatus => null;

        public override string? CloseStatusDescription => null;

        public override WebSocketState State => _state;

        public override string? SubProtocol => null;

        public void Stalls() => _stalls = true;

        /// <returns>The thread it was heard on.</returns>
        public Task<int> Says(string words)
        {
            var thread = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            _said.Writer.TryWrite((Encoding.UTF8.GetBytes(words), thread));
            return thread.Task;
        }

        public void Closes() => _said.Writer.Complete();

        public override void Abort()
        {
            _state = WebSocketState.Aborted;
            _said.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
            _taken.TrySetException(new WebSocketException(WebSocketError.InvalidState));
        }

        public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
        {
            _state = _state == WebSocketState.CloseReceived ? WebSocketState.Closed : WebSocketState.CloseSent;
            return Task.CompletedTask;
        }

        public override void Dispose()
        {
        }

        public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            if (buffer.IsEmpty)
            {
                if (await _said.Reader.WaitToReadAsync(cancellationToken))
                    return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Binary, endOfMessage: false);
                _state = _state == WebSocketState.CloseSent ? WebSocketState.Closed : WebSocketState.CloseReceived;
                return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, endOfMessage: true);
            }

            var (bytes, thread) = await _said.Reader.ReadAsync(cancellationToken);
            bytes.CopyTo(buffer);
            thread.SetResult(Environment.CurrentManagedThreadId);
            return new ValueWebSocketReceiveResult(bytes.Length, WebSocketMessageType.Binary, endOfMessage: true);
        }

        public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
            => throw new NotSupportedException();

        public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
        {
            if (_stalls)
                await _taken.Task;
            Heard.Add((buffer.ToArray(), messageType));
        }
    }
}
