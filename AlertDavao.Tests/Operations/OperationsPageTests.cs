namespace AlertDavao.Tests.Operations;

/// <summary>The page over HTTP: the city desk's, and nobody else's.</summary>
[Collection(SecurityTests.Name)]
public sealed class OperationsPageTests(LoggedApp app)
{
    [Fact]
    public async Task The_city_desk_is_led_there_and_sees_the_tiles()
    {
        using var desk = await app.App.SignedIn("hq");

        (await desk.GetStringAsync("/")).Should().Contain("href=\"/operations\"");
        (await desk.GetStringAsync("/operations")).Should().Contain("id=\"meters\"").And.Contain("data-meter=\"painted\"");
    }

    [Theory]
    [InlineData("officer.ps1")]
    [InlineData("admin.ps1")]
    [InlineData("noduty")]
    public async Task Nobody_else_is(string account)
    {
        using var client = await app.App.SignedIn(account);

        (await client.GetStringAsync("/")).Should().NotContain("href=\"/operations\"");
        (await client.GetStringAsync("/operations")).Should().NotContain("data-meter");
    }
}
