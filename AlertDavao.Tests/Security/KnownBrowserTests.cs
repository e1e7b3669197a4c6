using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>F4: strangers' tries lock strangers; the officer's own browser has a count of its own.</summary>
[Collection(SecurityTests.Name)]
public sealed class KnownBrowserTests(LoggedApp app)
{
    private TestApp App => app.App;

    [Fact]
    public async Task F4_strangers_lock_themselves_out_and_not_the_officers_own_browser()
    {
        await App.NewAccount("own.browser");
        using var own = await SignedOut("own.browser");
        using var stranger = App.Anonymous();
        await Wrong(stranger, "own.browser", 5);

        (await Means.Opens(stranger, "own.browser", TestApp.Password)).Should().BeFalse();
        (await Means.Opens(own, "own.browser", TestApp.Password)).Should().BeTrue();

        using var another = App.Anonymous();
        (await Means.Opens(another, "own.browser", TestApp.Password)).Should().BeFalse("that the officer came in helps no stranger");
    }

    [Fact]
    public async Task F4_five_wrong_tries_on_the_own_browser_make_it_a_strangers()
    {
        await App.NewAccount("own.guessed");
        using var own = await SignedOut("own.guessed");
        using var stranger = App.Anonymous();
        await Wrong(stranger, "own.guessed", 5);

        await Wrong(own, "own.guessed", 5);

        (await Means.Opens(own, "own.guessed", TestApp.Password)).Should().BeFalse();
    }

    [Fact]
    public async Task F4_four_wrong_tries_and_the_right_one_begin_the_browsers_count_anew()
    {
        await App.NewAccount("own.mistypes");
        using var own = await SignedOut("own.mistypes");
        for (var round = 0; round < 2; round++)
        {
            await Wrong(own, "own.mistypes", 4);
            (await Means.Opens(own, "own.mistypes", TestApp.Password)).Should().BeTrue();
        }
    }

    [Fact]
    public async Task F4_a_browser_that_one_officer_signed_in_with_is_a_strangers_to_another_account()
    {
        await App.NewAccount("own.one");
        await App.NewAccount("own.two");
        using var browser = await SignedOut("own.one");
        using var stranger = App.Anonymous();
        await Wrong(stranger, "own.two", 5);

        (await Means.Opens(browser, "own.two", TestApp.Password)).Should().BeFalse();
    }

    [Fact]
    public async Task F4_a_cookie_that_is_not_ours_means_nothing()
    {
        await App.NewAccount("own.forged");
        using var stranger = App.Anonymous();
        await Wrong(stranger, "own.forged", 5);

        stranger.DefaultRequestHeaders.Add("Cookie", "alertdavao-browser=forged");

        (await Means.Opens(stranger, "own.forged", TestApp.Password)).Should().BeFalse();
    }

    [Fact]
    public async Task A12_a_hundred_tries_at_once_are_no_more_than_five()
    {
        var officer = await App.NewAccount("own.burst");
        var strangers = Enumerable.Range(0, 12).Select(_ => App.Anonymous()).ToList();

        await Task.WhenAll(strangers.Select(stranger => Means.Opens(stranger, "own.burst", "wrong")));

        await using var db = App.Db();
        var account = db.Users.AsNoTracking().Single(user => user.Id == officer);
        account.LockoutEnd.Should().NotBeNull();
        account.AccessFailedCount.Should().Be(5);
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task The_browsers_key_stands_in_the_database_as_a_hash_and_its_cookie_is_for_the_server_alone()
    {
        var officer = await App.NewAccount("own.cookie");
        using var client = App.Anonymous();

        using var answer = await TestApp.SignIn(client, "own.cookie", TestApp.Password);

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(line => line.StartsWith("alertdavao-browser=", StringComparison.Ordinal));
        cookie.ToLowerInvariant().Should().Contain("; httponly").And.Contain("; samesite=strict").And.Contain("; path=/");
        await using var db = App.Db();
        db.KnownBrowsers.AsNoTracking().Single(known => known.OfficerId == officer).KeyHash.Should().HaveCount(32);
    }

    private async Task<HttpClient> SignedOut(string account)
    {
        var client = await App.SignedIn(account);
        using (await client.Post("/account", "/account/logout"))
            return client;
    }

    private static async Task Wrong(HttpClient client, string account, int times)
    {
        for (var attempt = 0; attempt < times; attempt++)
            (await Means.Opens(client, account, $"wrong {attempt}")).Should().BeFalse();
    }
}
