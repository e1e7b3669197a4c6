using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace AlertDavao.Tests.Devices;

/// <summary>Tests of the board for devices share one running product and run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class DeviceTests : ICollectionFixture<LoggedApp>
{
    public const string Name = "Devices";
}

/// <summary>What a device and its officer do.</summary>
internal static partial class DeviceApp
{
    /// <summary>Adds a device on the account page, as its form does; the token stands in the answer.</summary>
    public static async Task<string> AddDevice(this HttpClient officer, string label = "Wallboard", bool ends = true)
    {
        var page = await officer.AskForDevice(label, ends);
        return Token().Match(page) is { Success: true } token ? token.Value : throw new InvalidOperationException("No token was given.");
    }

    public static async Task<string> AskForDevice(this HttpClient officer, string label, bool ends = true)
    {
        var fields = TestApp.HiddenFieldsOf(await officer.GetStringAsync("/account"));
        fields["_handler"] = "issue-device";
        fields["Device.Label"] = label;
        fields["Device.Ends"] = ends ? "true" : "false";
        using var answer = await officer.PostAsync("/account", new FormUrlEncodedContent(fields));
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.CacheControl!.NoStore.Should().BeTrue();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>A client that comes with a token and nothing else.</summary>
    public static HttpClient Device(this TestApp app, string token)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A device of an account that signs in for it.</summary>
    public static async Task<HttpClient> DeviceOf(this TestApp app, string account)
    {
        using var officer = await app.SignedIn(account);
        return app.Device(await officer.AddDevice());
    }

    /// <summary>Posts one of the account page's other forms.</summary>
    public static async Task<HttpResponseMessage> Send(this HttpClient officer, string action, string page = "/account")
        => await officer.PostAsync(action, new FormUrlEncodedContent(TestApp.HiddenFieldsOf(await officer.GetStringAsync(page))));

    public static Guid IdOf(this TestApp app, string account)
    {
        using var db = app.Db();
        return db.Users.AsNoTracking().Single(user => user.UserName == $"{account}@alertdavao.test").Id;
    }

    /// <summary>Commits reports of a log in one unit and rings.</summary>
    public static async Task<IReadOnlyList<Guid>> Arrive(this TestApp app, string log, int count, string title = "One of many")
    {
        var ids = await app.Writer().Run(unit =>
        {
            var arrived = new List<Guid>();
            for (var at = 0; at < count; at++)
            {
                var report = Data.Store.NewReport(unit, title, log);
                unit.Arrive(report);
                unit.Db.SaveChanges();
                unit.Db.ChangeTracker.Clear();
                arrived.Add(report.Id);
            }

            return arrived;
        });
        app.Services.GetRequiredService<LiveBus>().Ring(log);
        return ids;
    }

    [GeneratedRegex("adt_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
