using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace AlertDavao.Tests.Intake;

/// <summary>Ways to bend a report and to send it.</summary>
internal static class Changes
{
    public const string Reports = "/api/reports";

    public static Dictionary<string, object?> With(this Dictionary<string, object?> report, string field, object? value)
    {
        report[field] = value;
        return report;
    }

    public static Dictionary<string, object?> Without(this Dictionary<string, object?> report, string field)
    {
        report.Remove(field);
        return report;
    }

    /// <summary>The report as JSON text in which one field has a raw token, legal JSON or not.</summary>
    public static string WithRaw(this Dictionary<string, object?> report, string field, string token)
        => JsonSerializer.Serialize(report.With(field, "@token@")).Replace("\"@token@\"", token, StringComparison.Ordinal);

    public static HttpContent Json(string text) => new StringContent(text, Encoding.UTF8, "application/json");

    public static async Task<HttpResponseMessage> Post(this HttpClient client, object report, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Reports) { Content = report as HttpContent ?? JsonContent.Create(report) };
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await client.SendAsync(request);
    }

    public static async Task<JsonElement> Body(this HttpResponseMessage answer)
        => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    /// <summary>Posts and expects 201.</summary>
    /// <returns>The answer's <c>data</c>.</returns>
    public static async Task<JsonElement> Accepted(this HttpClient client, object report, string? key = null)
    {
        using var answer = await client.Post(report, key);
        ((int)answer.StatusCode).Should().Be(201, await answer.Content.ReadAsStringAsync());
        return (await answer.Body()).GetProperty("data");
    }

    /// <summary>Checks that this is the contract's error: a problem document with the status and the app's two fields.</summary>
    public static async Task<JsonElement> ShouldBeProblem(this HttpResponseMessage answer, int status)
    {
        ((int)answer.StatusCode).Should().Be(status, await answer.Content.ReadAsStringAsync());
        answer.Content.Headers.ContentType?.MediaType.Should().Be("application/problem+json");
        var body = await answer.Body();
        body.GetProperty("success").GetBoolean().Should().BeFalse();
        body.GetProperty("message").GetString().Should().NotBeNullOrWhiteSpace();
        body.GetProperty("status").GetInt32().Should().Be(status);
        return body;
    }
}
