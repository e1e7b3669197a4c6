using System.Net;
using System.Reflection;
using AlertDavao.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Tests.Security;

/// <summary>What stands behind an address's question mark may be anything: a page is drawn as if it were not there.</summary>
[Collection(SecurityTests.Name)]
public sealed class HostileAddressTests(LoggedApp app)
{
    private const BindingFlags Every = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    [Theory]
    [InlineData(null, "/account/login?ended=x&changed=%00")]
    [InlineData(null, "/account/login?returnUrl=%5c%5celsewhere&passkey=%f0%9f")]
    [InlineData("officer.ps1", "/reports/new?filed=not-a-report")]
    [InlineData("admin.ps1", "/station?assigned=many&refused=-1&said=%3Cb%3E&station=PS0")]
    [InlineData("hq", "/accounts?refused=%00")]
    public async Task A_question_that_makes_no_sense_is_no_fault(string? account, string address)
    {
        using var client = account is null ? app.App.Anonymous() : await app.App.SignedIn(account);

        using var answer = await client.GetAsync(address);

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    /// <summary>The framework reads any other type before the page does, and a text that is none of it ends as a fault.</summary>
    [Fact]
    public void Pages_take_texts_alone_from_their_addresses()
    {
        var taken = typeof(LiveBus).Assembly.GetTypes().SelectMany(type => type.GetProperties(Every))
            .Where(property => property.IsDefined(typeof(SupplyParameterFromQueryAttribute))).ToList();

        taken.Should().HaveCountGreaterThan(5);
        taken.Where(property => property.PropertyType != typeof(string)).Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Should().BeEmpty();
    }
}
