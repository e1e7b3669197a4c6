namespace AlertDavao.Dashboard.Intake;

/// <summary>A request that is answered with an error, thrown where reading it stops. Nothing in it is a client's text.</summary>
/// <param name="message">For people, about the whole request.</param>
internal sealed class IntakeRefused(int status, string message) : Exception(message)
{
    public int Status { get; } = status;

    /// <summary>The contract's field that is at fault, if one is.</summary>
    public string? Field { get; init; }

    /// <summary>What is wrong with <see cref="Field"/>.</summary>
    public string Why { get; init; } = "";

    /// <summary>Seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>What a form is answered of which a file is at fault.</summary>
    public static IntakeRefused Media(int status, string why)
        => new(status, status == StatusCodes.Status413PayloadTooLarge ? IntakeTexts.TooLarge : IntakeTexts.FieldsInvalid)
        {
            Field = ReportForm.Media,
            Why = why,
        };

    public IResult Answer()
        => IntakeProblem.Of(Status, Message, Field is null ? null : new Dictionary<string, List<string>> { [Field] = [Why] }, RetryAfter);
}
