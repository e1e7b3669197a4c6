using System.Security.Claims;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Board;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Live;

/// <summary>A circuit without a browser: its feed, its islands and everything they drew, in order.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private readonly AsyncServiceScope _circuit;
    private readonly Lock _lock = new();
    private readonly List<BoardState> _drawn = [];
    private readonly Dictionary<string, int> _draws = [];
    private readonly ClaimsPrincipal _user;

    public Screen(House house, Guid officer)
    {
        _circuit = house.Get<IServiceScopeFactory>().CreateAsyncScope();
        Feed = _circuit.ServiceProvider.GetRequiredService<BoardFeed>();
        _user = house.SignIn(officer);
    }

    public BoardFeed Feed { get; }

    public Guid Session => AccountClaims.SessionOf(_user)!.Value;

    public IReadOnlyList<BoardState> Drawn
    {
        get
        {
            lock (_lock)
                return [.. _drawn];
        }
    }

    /// <summary>What happens between a read and its draw.</summary>
    public Func<Task> BeforeDraw { get; set; } = () => Task.CompletedTask;

    public BoardState? Last => Drawn is [.., var last] ? last : null;

    /// <summary>Arrivals the screen was told about, each as often as it was.</summary>
    public int Told
    {
        get
        {
            var drawn = Drawn;
            return drawn.Skip(1).Where((state, at) => state.Burst != drawn[at].Burst).Sum(state => state.BurstSize);
        }
    }

    /// <summary>A screen with a board that is open and has drawn.</summary>
    public static async Task<Screen> Open(House house, Guid officer, string? since = null)
    {
        var screen = new Screen(house, officer);
        screen.Island("board", isBoard: true);
        await screen.Follow(since);
        return screen;
    }

    public async Task Follow(string? since = null)
    {
        Start(since);
        await Until.True(() => Last is not null, "the feed drew its first picture");
    }

    public void Start(string? since = null) => Feed.Open(_user, since);

    public void Look() => Feed.Look(_user);

    public IDisposable Island(string name, bool isBoard) => Feed.Attach(isBoard, OnCircuit, () =>
    {
        _drawn.Add(Feed.State);
        _draws[name] = _draws.GetValueOrDefault(name) + 1;
    });

    public int DrawsOf(string island)
    {
        lock (_lock)
            return _draws.GetValueOrDefault(island);
    }

    public ValueTask DisposeAsync() => _circuit.DisposeAsync();

    private async Task OnCircuit(Action action)
    {
        await BeforeDraw();
        lock (_lock)
            action();
    }
}
