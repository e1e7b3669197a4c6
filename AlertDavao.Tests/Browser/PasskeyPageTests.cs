using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

public sealed partial class PasskeyPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    [Trait("catalogue", "A15")]
    public async Task A_passkey_is_added_on_the_account_page_and_signs_in()
    {
        var machine = await Machine(new() { BaseURL = Localhost });
        var screen = await Tab(machine);
        await Device(screen.Page);
        await screen.Page.GotoAsync($"{Localhost}/account/login?ReturnUrl=/account");
        await screen.Page.GetByLabel("E-mail").FillAsync("officer.ps1@alertdavao.test");
        await screen.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(TestApp.Password);
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await screen.IsAt("/account");
        await screen.IsLive();
        var card = screen.Page.GetByRole(AriaRole.Region, new() { Name = "Passkeys" });

        await card.GetByLabel("Your password").FillAsync(TestApp.Password);
        await card.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Expect(screen.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "The passkey is added." })).ToBeVisibleAsync();
        await Expect(card.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(1);
        // A circuit that is still starting when its session ends is refused, and the browser's console says so.
        await screen.IsLive();
        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).ClickAsync();
        await Expect(screen.Page).ToHaveURLAsync(SignInPage());

        await screen.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();

        await screen.IsAt("/");
        await screen.IsLive();
    }

    [Fact]
    public async Task A_wrong_password_is_said_beside_the_form_and_no_device_is_asked()
    {
        var screen = (await Officer("officer.ps2", "/account")).Tolerating("403");
        var card = screen.Page.GetByRole(AriaRole.Region, new() { Name = "Passkeys" });

        await card.GetByLabel("Your password").FillAsync("not the password");
        await card.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();

        await Expect(card.GetByRole(AriaRole.Alert)).ToContainTextAsync("The current password is wrong");
        await Expect(card.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" })).ToBeEnabledAsync();
    }

    // A passkey belongs to a name: an address of numbers has none.
    private string Localhost => new UriBuilder(App.Address) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority);

    [GeneratedRegex("/account/login")]
    private static partial Regex SignInPage();

    // The device that the machine has built in, with its owner's finger on it.
    private static async Task Device(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("WebAuthn.enable");
        await session.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
    }
}
