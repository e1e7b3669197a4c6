using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

/// <summary>
/// One officer's tab as the officer sees it, with everything that went over its wire and everything that went wrong in it.
/// </summary>
internal sealed class Screen
{
    private readonly ConcurrentQueue<string> _wire = new();
    private readonly ConcurrentQueue<Task> _reading = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<IWebSocket> _sockets = new();
    private readonly List<string> _tolerated = [];

    public Screen(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Fault(message.Type == "error", $"console: {message.Text} ({message.Location})");
        page.PageError += (_, error) => Fault(true, $"script: {error}");
        // A page that is left gives up what it was asking for; that is no fault.
        page.RequestFailed += (_, request) => Fault(request.Failure != "net::ERR_ABORTED", $"request: {request.Url} {request.Failure}");
        page.Dialog += (_, dialog) => Fault(true, $"dialog: {dialog.Message}");
        page.Response += (_, response) => _reading.Enqueue(Read(response));
        page.WebSocket += (_, socket) => Listen(socket);
    }

    public IPage Page { get; }

    /// <summary>How many circuits' sockets this tab has opened.</summary>
    public int Sockets => _sockets.Count;

    public ILocator Connection => Page.Locator("#connection-state");

    public ILocator List => Page.Locator("#report-board");

    public ILocator Rows => Page.Locator("#report-board > li");

    public ILocator Pill => Page.Locator("#new-reports-pill");

    public ILocator Notice => Page.Locator("#alert-notice");

    public ILocator Announcement => Page.Locator("#announcement");

    public ILocator Unseen => Page.Locator("#unseen-count");

    public ILocator Sound => Page.Locator("#sound-state");

    public ILocator Row(Posted report) => Page.Locator($"#report-board > li[data-report-id='{report.Id}']");

    public ILocator Row(string title) => Rows.Filter(new() { HasText = title });

    /// <summary>The faults that this test brings about on purpose.</summary>
    public Screen Tolerating(params string[] fragments)
    {
        _tolerated.AddRange(fragments);
        return this;
    }

    public async Task<Screen> Open(string address)
    {
        await Page.GotoAsync(address);
        return this;
    }

    /// <summary>Through the form, as a person does, by keyboard alone.</summary>
    public async Task<Screen> SignIn(string account, string returnUrl = "/")
    {
        await Page.GotoAsync($"/account/login?ReturnUrl={Uri.EscapeDataString(returnUrl)}");
        await Page.GetByLabel("E-mail").FillAsync($"{account}@alertdavao.test");
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await Page.GetByLabel("Password", new() { Exact = true }).PressAsync("Enter");
        await IsAt(returnUrl);
        return this;
    }

    public Task IsAt(string path) => Expect(Page).ToHaveURLAsync(new Regex($"^https?://[^/]+{Regex.Escape(path)}$"));

    public async Task<Screen> IsLive()
    {
        await Expect(Connection).ToHaveAttributeAsync("data-state", "live");
        await Expect(Connection).ToContainTextAsync("Live");
        return this;
    }

    public async Task<Screen> Reload()
    {
        await Page.ReloadAsync();
        return await IsLive();
    }

    /// <summary>In-app, by the link in the navigation.</summary>
    public async Task Follow(string link, string path)
    {
        await Page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();
        await IsAt(path);
    }

    public async Task ToBoard()
    {
        await Follow("Board", "/");
        await Expect(List).ToBeVisibleAsync();
    }

    public async Task ToAccount()
    {
        await Follow("Account", "/account");
        await Expect(Page.GetByRole(AriaRole.Heading, new() { Name = "Account" })).ToBeVisibleAsync();
    }

    /// <summary>A mark that only a reload of the page removes.</summary>
    public Task Pin() => Page.EvaluateAsync("() => { window.pinned = true; }");

    public async Task IsStillPinned()
        => (await Page.EvaluateAsync<bool>("() => window.pinned === true")).Should().BeTrue("the page was not loaded anew");

    /// <summary>Goes on moving the pointer, frame by frame, until the page is in that state.</summary>
    /// <exception cref="TimeoutException">The page did not get there while others would have given up.</exception>
    public async Task MoveUntil(string state)
    {
        var box = await List.BoundingBoxAsync();
        var since = TimeProvider.System.GetTimestamp();
        for (var step = 0; !await Page.EvaluateAsync<bool>(state); step++)
        {
            if (TimeProvider.System.GetElapsedTime(since) > Eventually.Patience)
                throw new TimeoutException($"Not within {Eventually.Patience.TotalSeconds} s: {state}");
            await Page.Mouse.MoveAsync(box!.X + 40 + step % 60, box.Y + 40);
            await Frame();
        }
    }

    /// <summary>Goes on moving the pointer until that long has passed by the page's own clock.</summary>
    public async Task MoveFor(int ms)
    {
        var until = await Page.EvaluateAsync<double>("ms => performance.now() + ms", ms);
        await MoveUntil($"() => performance.now() >= {until.ToString(System.Globalization.CultureInfo.InvariantCulture)}");
    }

    /// <summary>Until the page's own clock says so: that long nothing has happened.</summary>
    public Task Elapse(int ms)
        => Page.EvaluateAsync("ms => new Promise(done => { const from = performance.now(); const look = () => performance.now() - from >= ms ? done() : requestAnimationFrame(look); look(); })", ms);

    public Task Frame() => Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => done()))");

    /// <summary>Until the whole row lies inside the part of the list that is in view; it enters with a small movement.</summary>
    public Task ShowsInView(Posted report) => Page.WaitForFunctionAsync(
        """
        id => {
            const row = document.querySelector(`#report-board > li[data-report-id="${id}"]`);
            const list = row?.parentElement.getBoundingClientRect();
            const own = row?.getBoundingClientRect();
            return own?.height > 0 && own.top >= list.top - 1 && own.bottom <= Math.min(list.bottom, innerHeight) + 1;
        }
        """,
        report.Id);

    /// <summary>Everything that came and went so far: answers, and frames of the socket.</summary>
    public async Task<string> Wire()
    {
        while (_reading.TryDequeue(out var one))
            await one;
        return string.Join('\n', _wire);
    }

    /// <summary>Nothing by which the report could be known has come here.</summary>
    public async Task KnowsNothingOf(params IEnumerable<Posted> reports)
    {
        var wire = await Wire();
        var page = await Page.ContentAsync();
        wire.Should().NotBeEmpty();
        foreach (var trace in reports.SelectMany(report => new[] { report.Id, report.TrackingCode, report.Title }))
        {
            wire.Contains(trace, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"{trace} is another station's");
            page.Contains(trace, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"{trace} is another station's");
        }
    }

    /// <summary>What it is about has not come here, though its tracking code may have.</summary>
    public async Task KnowsNothingOfTitle(Posted report)
    {
        (await Wire()).Contains(report.Title, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"{report.Title} is another station's");
        (await Page.ContentAsync()).Contains(report.Title, StringComparison.OrdinalIgnoreCase).Should().BeFalse($"{report.Title} is another station's");
    }

    public void HasNoFaults()
        => _faults.Where(fault => !_tolerated.Exists(fragment => fault.Contains(fragment, StringComparison.Ordinal))).Should().BeEmpty();

    private void Fault(bool isOne, string words)
    {
        if (isOne)
            _faults.Enqueue(words);
    }

    private void Listen(IWebSocket socket)
    {
        _sockets.Enqueue(socket);
        socket.FrameReceived += (_, frame) => _wire.Enqueue(TextOf(frame));
        socket.FrameSent += (_, frame) => _wire.Enqueue(TextOf(frame));
    }

    // What a report is known by is plain ASCII wherever it stands in a frame.
    private static string TextOf(IWebSocketFrame frame)
        => frame.Text ?? Encoding.Latin1.GetString(frame.Binary ?? []);

    private async Task Read(IResponse response)
    {
        if (response.Request.ResourceType is not ("document" or "fetch" or "xhr" or "eventsource") || response.Status is >= 300 and < 400)
            return;
        try
        {
            // Of an answer that was still coming when its page was left, the end may never be told.
            _wire.Enqueue(Encoding.Latin1.GetString(await response.BodyAsync().WaitAsync(TimeSpan.FromSeconds(5), TimeProvider.System)));
        }
        catch (Exception e) when (e is PlaywrightException or TimeoutException)
        {
            // The page was left before the answer was read: nobody has seen it.
        }
    }
}
