namespace AlertDavao.Dashboard.Intake;

/// <summary>Errors as problem documents that also carry what the mobile app reads: <c>success:false</c> and <c>message</c>.</summary>
internal static class IntakeProblem
{
    /// <param name="retryAfter">Seconds; for 429 and 503.</param>
    public static IResult Of(
        int status, string message, IReadOnlyDictionary<string, List<string>>? errors = null, int? retryAfter = null)
        => new Answer(status, message, errors, retryAfter);

    /// <summary>The writer takes no more now.</summary>
    /// <param name="retryAfter">Seconds.</param>
    public static IResult Busy(int retryAfter)
        => new Answer(StatusCodes.Status503ServiceUnavailable, IntakeTexts.Busy, null, retryAfter) { IsBusy = true };

    /// <summary>What the server itself found wrong while the body was read.</summary>
    public static IResult Of(BadHttpRequestException fault) => Of(fault.StatusCode, fault.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => IntakeTexts.TooLarge,
        StatusCodes.Status408RequestTimeout => IntakeTexts.TooSlow,
        _ => IntakeTexts.Malformed,
    });

    internal sealed class Answer(
        int status, string message, IReadOnlyDictionary<string, List<string>>? errors, int? retryAfter) : IResult
    {
        public int Status => status;

        /// <summary>It is no fault: later there may be room.</summary>
        public bool IsBusy { get; init; }

        public Task ExecuteAsync(HttpContext http)
        {
            if (retryAfter is { } seconds)
                http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

            var extensions = new Dictionary<string, object?> { ["success"] = false, ["message"] = message };
            if (errors is not null)
                extensions["errors"] = errors;
            return Results.Problem(statusCode: status, detail: message, extensions: extensions).ExecuteAsync(http);
        }
    }
}
