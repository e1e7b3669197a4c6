using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Meters;
using AlertDavao.Dashboard.Operations;
using AlertDavao.Tests.Live;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace AlertDavao.Tests.Operations;

/// <summary>The tiles, without a web server.</summary>
public sealed class OperationsBoardTests
{
    [Fact]
    public async Task A_tile_says_what_the_meter_says_and_draws_its_last_minutes()
    {
        await using var house = await House.Open();
        await using var page = new Look(house, await house.Officer("CITY"));
        var board = page.Render();
        board.WaitForAssertion(() => board.Find("[data-meter=accepted] [data-value]").TextContent.Should().Be("0 /min"));

        house.Get<ProductMeter>().Asked(IntakeOutcomes.Accepted, TimeSpan.FromMilliseconds(42));
        house.Get<ProductMeter>().Painted(TimeSpan.FromMilliseconds(35), 100);

        board.WaitForAssertion(() => board.Find("[data-meter=accepted] [data-value]").TextContent.Should().Be("1 /min"), Patience);
        board.WaitForAssertion(() => board.Find("[data-meter=painted] [data-value]").TextContent.Should().Be("40 ms"), Patience);
        board.WaitForAssertion(() => board.Find("[data-meter=accepted] polyline").GetAttribute("points").Should().Contain(" "), Patience);
        board.FindAll(".tile.alarm").Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_too_much_says_so_in_words_too()
    {
        await using var house = await House.Open();
        await using var page = new Look(house, await house.Officer("CITY"));
        var board = page.Render();
        board.WaitForAssertion(() => board.FindAll("[aria-busy]").Should().BeEmpty(), Patience);

        house.Get<ProductMeter>().Asked(IntakeOutcomes.Failed, TimeSpan.Zero);

        board.WaitForAssertion(() => board.Find("[data-meter=failed].alarm .high").TextContent.Should().Be(OperationsTexts.High), Patience);
    }

    [Fact]
    public async Task All_who_look_share_one_sampler_and_nothing_is_sampled_when_nobody_does()
    {
        await using var house = await House.Open();
        var desk = await house.Officer("CITY");
        using var sampler = Look.SamplerOf(house);
        await using (var one = new Look(house, desk, sampler))
        {
            one.Render();
            await using var other = new Look(house, desk, sampler);
            other.Render();
            sampler.Viewers.Should().Be(2);
        }

        sampler.Viewers.Should().Be(0);
        sampler.IsListening.Should().BeFalse();
    }

    [Fact]
    public async Task Who_serves_at_the_city_desk_no_longer_sees_no_figure_from_the_next_second_on()
    {
        await using var house = await House.Open();
        var officer = await house.Officer("CITY");
        await using var page = new Look(house, officer);
        var board = page.Render();
        board.WaitForAssertion(() => board.FindAll(".tile").Should().NotBeEmpty(), Patience);

        await house.Post(officer, "PS1");
        house.Scopes.Forget(officer);

        board.WaitForAssertion(() => board.FindAll(".tile").Should().BeEmpty(), Patience);
        board.Markup.Should().Contain(OperationsTexts.NoLonger);
    }

    [Fact]
    public async Task A_page_that_is_drawn_once_samples_nothing()
    {
        await using var house = await House.Open();
        using var sampler = Look.SamplerOf(house);
        await using var page = new Look(house, await house.Officer("CITY"), sampler, isInteractive: false);

        page.Render().Find("#meters").GetAttribute("aria-busy").Should().Be("true");

        sampler.Viewers.Should().Be(0);
    }

    private static TimeSpan Patience => TimeSpan.FromSeconds(30);

    private sealed class Look : IAsyncDisposable
    {
        private readonly BunitContext _browser = new();

        public Look(House house, Guid officer, Sampler? sampler = null, bool isInteractive = true)
        {
            // Not the container's to dispose of where it is shared.
            if (sampler is null)
                _browser.Services.AddSingleton(_ => SamplerOf(house));
            else
                _browser.Services.AddSingleton(sampler);
            _browser.Services.AddSingleton(house.Get<ScopeDirectory>());
            _browser.Services.AddSingleton(house.Get<SessionDirectory>());
            _browser.JSInterop.Mode = JSRuntimeMode.Strict;
            var user = _browser.AddAuthorization();
            user.SetAuthorized("desk");
            user.SetClaims([.. house.SignIn(officer).Claims]);
            _browser.SetRendererInfo(isInteractive ? new RendererInfo("Server", true) : new RendererInfo("Static", false));
        }

        public static Sampler SamplerOf(House house) => new(house.Get<ProductMeter>(), house.Time, NullLogger<Sampler>.Instance);

        public IRenderedComponent<OperationsBoard> Render() => _browser.Render<OperationsBoard>();

        public ValueTask DisposeAsync() => _browser.DisposeAsync();
    }
}
