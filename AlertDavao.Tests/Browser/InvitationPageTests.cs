using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace AlertDavao.Tests.Browser;

public sealed class InvitationPageTests(Chromium chromium) : BrowserTest(chromium)
{
    [Fact]
    public async Task The_token_leaves_the_address_at_once_and_the_form_still_sets_the_password()
    {
        var desk = (await Officer("hq", "/accounts")).Page;
        await desk.GetByLabel("Name, as colleagues read it").FillAsync("I. Nvited");
        await desk.GetByLabel("E-mail").FillAsync("invited@alertdavao.test");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Invite", Exact = true }).ClickAsync();
        var link = await desk.Locator("code.secret").InnerTextAsync();
        var officer = await Tab(await Machine());

        await officer.Page.GotoAsync(link);

        await officer.IsAt("/account/invitation");
        (await officer.Page.EvaluateAsync<string>("() => document.referrer + location.href")).Should().NotContain("token");
        await officer.Page.GetByLabel("New password").FillAsync("four quiet words here");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Set your password" }).ClickAsync();
        await officer.IsAt("/account/login?changed=true");
        await Expect(officer.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        await officer.Page.GoBackAsync();
        await Expect(officer.Page.GetByRole(AriaRole.Heading, new() { Name = "This link does not work (any more)" })).ToBeVisibleAsync();
    }
}
