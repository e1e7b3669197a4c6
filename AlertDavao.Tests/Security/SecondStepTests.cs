using System.Net;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Security;

/// <summary>A14: what a code opens, and how often.</summary>
[Collection(SecurityTests.Name)]
public sealed class SecondStepTests(LoggedApp app)
{
    private const string Words = "The code is wrong or was used already, or the account is locked.";

    private TestApp App => app.App;

    [Fact]
    public async Task A14_a_code_opens_once_and_the_next_windows_opens_again()
    {
        var (officer, phone) = await WithApp("step.once");
        using var first = await Means.PastPassword(App, "step.once");
        using var second = await Means.PastPassword(App, "step.once");

        (await Means.Opens(first, phone.Code(0))).Should().BeFalse("it was used up when the app was set up");
        (await Means.Opens(first, phone.Code(1))).Should().BeTrue();
        (await Means.Opens(second, phone.Code(1))).Should().BeFalse("somebody looked over the officer's shoulder");

        Means.ActsOf(App, officer).Should().Equal(AuditActs.SignedIn, AuditActs.StepOn, AuditActs.StepRefused, AuditActs.SignedInWithCode, AuditActs.StepRefused);
    }

    [Fact]
    public async Task A14_of_many_who_come_with_the_same_code_at_once_one_comes_in()
    {
        var (_, phone) = await WithApp("step.race");
        var browsers = new List<HttpClient>();
        for (var one = 0; one < 4; one++)
            browsers.Add(await Means.PastPassword(App, "step.race"));

        var opened = await Task.WhenAll(browsers.Select(browser => Means.Opens(browser, phone.Code(1))));

        opened.Count(isIn => isIn).Should().Be(1);
        browsers.ForEach(browser => browser.Dispose());
    }

    [Fact]
    public async Task A_right_password_alone_opens_nothing()
    {
        await WithApp("step.alone");
        using var browser = await Means.PastPassword(App, "step.alone");

        (await browser.Session()).Should().Be(HttpStatusCode.Unauthorized);
        (await browser.GetAsync("/")).Headers.Location!.ToString().Should().Contain("/account/login?ReturnUrl=");
    }

    [Fact]
    public async Task Who_has_not_entered_the_password_is_not_asked_for_a_code()
    {
        using var stranger = App.Anonymous();

        using var answer = await stranger.GetAsync("/account/login/code");

        answer.Headers.Location!.ToString().Should().EndWith("/account/login");
    }

    [Fact]
    public async Task A14_five_wrong_codes_lock_and_the_right_one_is_refused_with_the_same_words()
    {
        var (_, phone) = await WithApp("step.locks");
        using var thief = await Means.PastPassword(App, "step.locks");
        var pages = new List<string>();
        for (var attempt = 0; attempt < 5; attempt++)
        {
            // The password being right again and again is no way to go on.
            using var again = await Means.PastPassword(App, "step.locks");
            using var wrong = await Means.EnterCode(again, $"00000{attempt}");
            pages.Add(await wrong.Content.ReadAsStringAsync());
        }

        using var locked = await Means.EnterCode(thief, phone.Code(1));

        pages.Should().OnlyContain(page => page.Contains(Words, StringComparison.Ordinal));
        (await locked.Content.ReadAsStringAsync()).Should().Contain(Words);
        (await thief.Session()).Should().Be(HttpStatusCode.Unauthorized);
        using var stranger = App.Anonymous();
        (await Means.Opens(stranger, "step.locks", TestApp.Password)).Should().BeFalse("for passwords too");
    }

    [Fact]
    public async Task Four_wrong_codes_do_not_lock()
    {
        var (_, phone) = await WithApp("step.four");
        using var browser = await Means.PastPassword(App, "step.four");
        for (var attempt = 0; attempt < 4; attempt++)
            (await Means.Opens(browser, $"00000{attempt}")).Should().BeFalse();

        (await Means.Opens(browser, phone.Code(1))).Should().BeTrue();
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_the_next_one_opens_again()
    {
        var (officer, phone) = await WithApp("step.recovers");
        using var first = await Means.PastPassword(App, "step.recovers");
        using var second = await Means.PastPassword(App, "step.recovers");

        (await Means.Opens(first, phone.RecoveryCodes[0].ToLowerInvariant().Replace('-', ' '))).Should().BeTrue("however it is typed");
        (await Means.Opens(second, phone.RecoveryCodes[0])).Should().BeFalse();
        (await Means.Opens(second, phone.RecoveryCodes[1])).Should().BeTrue();

        Means.ActsOf(App, officer).Should().EndWith([AuditActs.SignedInWithRecoveryCode, AuditActs.StepRefused, AuditActs.SignedInWithRecoveryCode]);
        (await second.GetStringAsync("/account")).Should().Contain("Recovery codes left: 8.");
    }

    [Fact]
    public async Task Neither_a_recovery_code_nor_the_apps_secret_can_be_read_from_the_database()
    {
        var (officer, phone) = await WithApp("step.stored");

        await using var db = App.Db();
        var hash = StepCodes.HashOf(phone.RecoveryCodes[3]);
        db.RecoveryCodes.AsNoTracking().Count(code => code.OfficerId == officer).Should().Be(10);
        db.RecoveryCodes.AsNoTracking().Single(code => code.OfficerId == officer && code.Hash == hash).UsedAt.Should().BeNull();
        db.UserTokens.AsNoTracking().Where(token => token.UserId == officer).Should().BeEmpty();
        var sealedSecret = db.Users.AsNoTracking().Single(user => user.Id == officer).StepSecret!;
        Convert.ToHexString(sealedSecret).Should().NotContain(Convert.ToHexString(phone.Secret));
        app.Log.Mentioning(phone.RecoveryCodes[3], phone.Code(0), StepCodes.InWords(phone.Secret)).Should().BeEmpty();
    }

    [Fact]
    public async Task New_recovery_codes_make_the_old_ones_void_and_need_the_password()
    {
        var (_, phone) = await WithApp("step.renews");
        using var client = await Means.PastPassword(App, "step.renews");
        (await Means.Opens(client, phone.Code(1))).Should().BeTrue();

        using var refused = await client.Post("/account/second-step", "/account/second-step", ("_handler", "recovery-codes"), ("NewCodes.Password", "not it"));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("The current password is wrong").And.NotContain("<li><code>");
        using var made = await client.Post("/account/second-step", "/account/second-step", ("_handler", "recovery-codes"), ("NewCodes.Password", TestApp.Password));

        (await made.Content.ReadAsStringAsync()).Should().Contain("<li><code>").And.NotContain(phone.RecoveryCodes[0]);
        using var later = await Means.PastPassword(App, "step.renews");
        (await Means.Opens(later, phone.RecoveryCodes[0])).Should().BeFalse();
    }

    [Fact]
    public async Task It_is_turned_off_with_the_password_and_not_without()
    {
        var (officer, phone) = await WithApp("step.off");
        using var client = await Means.PastPassword(App, "step.off");
        (await Means.Opens(client, phone.Code(1))).Should().BeTrue();

        using var refused = await client.Post("/account/second-step", "/account/second-step", ("_handler", "step-off"), ("Off.Password", "not it"));
        (await refused.Content.ReadAsStringAsync()).Should().Contain("The current password is wrong");
        using (await Means.PastPassword(App, "step.off"))
        using (await client.Post("/account/second-step", "/account/second-step", ("_handler", "step-off"), ("Off.Password", TestApp.Password)))
        {
            using var after = await App.SignedIn("step.off");
            (await after.Session()).Should().Be(HttpStatusCode.OK);
        }

        Means.ActsOf(App, officer).Should().Contain(AuditActs.StepOff);
    }

    [Fact]
    public async Task It_is_not_turned_on_by_a_wrong_code_or_with_another_officers_page()
    {
        await App.NewAccount("step.wrong");
        using var client = await App.SignedIn("step.wrong");
        using var other = await App.SignedIn("officer.ps2");
        var foreign = TestApp.HiddenFieldsOf(await other.GetStringAsync("/account/second-step"))["On.Pending"];

        foreach (var (pending, code) in new[] { (foreign, "123456"), ("forged", "123456") })
        {
            using var answer = await client.Post("/account/second-step", "/account/second-step",
                ("_handler", "step-on"), ("On.Pending", pending), ("On.Code", code), ("On.Password", TestApp.Password));
            (await answer.Content.ReadAsStringAsync()).Should().Contain("This page was open too long");
        }

        using var again = await App.SignedIn("step.wrong");
    }

    private async Task<(Guid Officer, Phone Phone)> WithApp(string name)
    {
        var officer = await App.NewAccount(name);
        using var client = await App.SignedIn(name);
        return (officer, await Means.SetUpApp(client));
    }
}
