using System.ComponentModel.DataAnnotations;
using System.Net.Mime;
using System.Text.Json.Serialization;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AlertDavao.Dashboard.Intake;

/// <summary>What the API's document says of the intake. A request is read by <see cref="ReportForm"/>, never by this.</summary>
internal static class IntakeDescription
{
    public static RouteHandlerBuilder DescribeSending(this RouteHandlerBuilder endpoint) => endpoint
        .Describe(IntakeTexts.Sending, IntakeTexts.SendingHow)
        .Produces<IntakeAnswer>()
        .Produces<IntakeAnswer>(StatusCodes.Status201Created)
        .Fails(StatusCodes.Status400BadRequest, StatusCodes.Status408RequestTimeout, StatusCodes.Status409Conflict,
            StatusCodes.Status413PayloadTooLarge, StatusCodes.Status415UnsupportedMediaType)
        .ProducesValidationProblem(StatusCodes.Status422UnprocessableEntity)
        .AddOpenApiOperationTransformer(WhatIsSent);

    public static RouteHandlerBuilder DescribeStatus(this RouteHandlerBuilder endpoint) => endpoint
        .Describe(IntakeTexts.Status, IntakeTexts.StatusHow)
        .Produces<IntakeAnswer>()
        .Fails(StatusCodes.Status404NotFound);

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, string summary, string description) => endpoint
        .WithGroupName(ApiDocument.Name)
        .WithTags(nameof(Intake))
        .WithSummary(summary)
        .WithDescription(description)
        .WithMetadata(new ApiDocument.NeedsKey())
        .Fails(StatusCodes.Status401Unauthorized, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    private static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    private static async Task WhatIsSent(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [MediaTypeNames.Application.Json] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Sent), null, cancel) },
                [MediaTypeNames.Multipart.FormData] = new() { Schema = await context.GetOrCreateSchemaAsync(typeof(Form), null, cancel) },
            },
        };
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = IntakeFeature.IdempotencyKey,
            In = ParameterLocation.Header,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IntakeFeature.MaxIdempotencyKey },
        });
    }

    private abstract record Fields
    {
        [MaxLength(Submission.MaxTitle)]
        public required string Title { get; init; }

        [MinLength(1), MaxLength(CrimeType.MaxPerReport)]
        public required IReadOnlyList<string> CrimeTypes { get; init; }

        [MaxLength(Submission.MaxDescription)]
        public required string Description { get; init; }

        public required string IncidentDate { get; init; }

        public bool? IsAnonymous { get; init; }

        public double? Latitude { get; init; }

        public double? Longitude { get; init; }

        [MaxLength(Submission.MaxAddress), JsonPropertyName(ReportForm.Address)]
        public string? Address { get; init; }

        [MaxLength(Submission.MaxAddress)]
        public string? Barangay { get; init; }

        public string? BarangayId { get; init; }

        [MaxLength(Submission.MaxReporter)]
        public string? UserId { get; init; }

        [MaxLength(Submission.MaxReporter)]
        public string? ReporterName { get; init; }

        [MaxLength(Submission.MaxReporter)]
        public string? ReporterPhone { get; init; }
    }

    private sealed record Sent : Fields;

    /// <summary>The same with files; lists are JSON as text.</summary>
    private sealed record Form : Fields
    {
        [MaxLength(Evidence.MaxPerReport)]
        public IReadOnlyList<IFormFile>? Media { get; init; }
    }
}
