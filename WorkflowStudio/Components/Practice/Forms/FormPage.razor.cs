using System.Globalization;
using Microsoft.AspNetCore.Components;
using WorkflowStudio.Components.Shared;
using WorkflowStudio.Engine.Practice.Forms;
using WorkflowStudio.Limits;
using WorkflowStudio.Operations.Practice;

namespace WorkflowStudio.Components.Practice.Forms;

/// <summary>
/// The page of a form for whoever has its address. Plain HTML without a circuit and without scripts; what was typed stands there again
/// whatever is wrong with it. A field that people do not see, the seal of the page and limits keep machines away.
/// </summary>
public sealed partial class FormPage
{
    private const string SealName = "_seal";
    private const string Trap = "_home"; // of machines that fill in whatever there is

    private readonly Dictionary<string, string> problems = [];
    private readonly Dictionary<string, string> texts = [];
    private OpenForm? form;
    private string seal = "";
    private string? note;
    private bool closed;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private PublicForm Forms { get; set; } = null!;

    [Inject]
    private RequestLimits Limits { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Parameter]
    public string Token { get; set; } = "";

    private bool IsPost => HttpMethods.IsPost(Http.Request.Method);

    private bool IsSent => Http.Request.Path.Value?.EndsWith("/sent", StringComparison.Ordinal) == true;

    private string Here => $"/forms/{Token}";

    private string Title => !form!.IsOpen && !IsSent ? "This form is closed" : $"{form.Content.Heading} · {form.Practice}";

    private bool HasProblems => problems.Count > 0 || note is not null;

    private string Headline => note ?? (problems.Count == 1 ? "One thing needs a look" : $"{problems.Count} things need a look");

    // in the order of the fields
    private IEnumerable<(string Key, string Words)> Listed =>
        form!.Content.Fields.Where(f => problems.ContainsKey(f.Key)).Select(f => (f.Key, problems[f.Key]));

    protected override async Task OnInitializedAsync()
    {
        Http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        // where the page sends to itself the browser has to say so; to others it tells nothing
        Http.Response.Headers["Referrer-Policy"] = "same-origin";
        Http.Response.Headers.CacheControl = "no-cache, no-store";
        form = await Forms.FindAsync(Token, Http.RequestAborted);
        if (form is null) Http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!form.IsOpen && !IsSent) Http.Response.StatusCode = StatusCodes.Status410Gone;
        if (form is null || IsPost) return;
        seal = Forms.Seal(form);
        // what the address says stands in the fields; a consent is given by whoever gives it
        foreach (var field in form.Content.Fields.Where(f => f.Type != FormFieldType.Checkbox))
            if (Http.Request.Query[field.Key].ToString() is { Length: > 0 } said && said.Length <= field.MostCharacters)
                texts[field.Key] = said;
    }

    private async Task SendAsync()
    {
        if (form is null || !form.IsOpen || IsSent) return; // posted from a page that is out of date
        var sent = Http.Request.Form;
        foreach (var field in form.Content.Fields) texts[field.Key] = sent[field.Key].ToString();
        seal = sent[SealName].ToString();
        var (seconds, place) = (0, RequestLimits.PlaceOf(Http.Connection.RemoteIpAddress));
        if ((seconds = Limits.FormSenders.SecondsToWait(place)) > 0 || (seconds = Limits.Forms.SecondsToWait(form.Id)) > 0)
        {
            Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            Refuse(StatusCodes.Status429TooManyRequests,
                $"A lot is being sent at the moment. Nothing of yours is lost: wait {seconds} seconds, then press Send again.");
            return;
        }

        if (sent[Trap].ToString().Length > 0)
        {
            Refuse(StatusCodes.Status422UnprocessableEntity,
                "Something was filled in that people do not see. It is empty again: press Send once more.");
            return;
        }

        var answer = await StoreAway.TryAsync<SentForm>(async () => await Forms.SendAsync(form, seal, texts, Http.RequestAborted));
        if (answer.Ok) Show(answer.Value);
        else Refuse(StatusCodes.Status503ServiceUnavailable, answer.Problem.Message);
    }

    private void Show(SentForm answer)
    {
        seal = answer.Seal;
        switch (answer.Result)
        {
            case SentResult.Kept:
                Navigation.NavigateTo($"{Here}/sent"); // a reload of the answer must not send again
                break;
            case SentResult.Closed:
                closed = true;
                Http.Response.StatusCode = StatusCodes.Status410Gone;
                break;
            case SentResult.TooQuick:
                Refuse(StatusCodes.Status422UnprocessableEntity, "That was quick. Look it through, then press Send again.");
                break;
            case SentResult.Again:
                Refuse(StatusCodes.Status422UnprocessableEntity,
                    "This page was open for a long time. Look through what stands in it, then press Send again.");
                break;
            case SentResult.SentBefore:
                Refuse(StatusCodes.Status422UnprocessableEntity,
                    "You have sent this form before, with other words. To send it once more as it is now, press Send again.");
                break;
            default:
                foreach (var problem in answer.Problems.Where(p => p.Field.Length > 0)) problems[problem.Field] = problem.Message;
                Refuse(StatusCodes.Status422UnprocessableEntity, answer.Problems.FirstOrDefault(p => p.Field.Length == 0)?.Message);
                break;
        }
    }

    private void Refuse(int status, string? words) => (Http.Response.StatusCode, note) = (status, words);
}
