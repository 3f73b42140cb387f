using System.Text.Json;
using WorkflowStudio.Engine.Events;
using WorkflowStudio.Engine.Model;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Engine.Practice.Forms;

/// <summary>
/// The events of forms, raised where the row is written. That of a submission names the client as steps look for one, and has the values
/// twice: by their keys beside the rest, where steps look for what was said, and all of them in <c>values</c>.
/// </summary>
internal static class FormEvents
{
    public static PlatformEvent Created(FormRow form) => new(KnownEvents.FormCreated, () => About(form));

    public static PlatformEvent Updated(FormRow form) => new(KnownEvents.FormUpdated, () => About(form));

    public static PlatformEvent Submitted(FormRow form, FormSubmissionRow submission, FormAnswers answers) =>
        new(KnownEvents.FormSubmitted, () => Data(form, submission, answers));

    private static JsonElement About(FormRow form) => JsonSerializer.SerializeToElement(
        new { form_id = form.Id, form_name = form.Name, status = FormJson.NameOf(form.Status), closes_at = form.ClosesAt });

    private static JsonElement Data(FormRow form, FormSubmissionRow submission, FormAnswers answers)
    {
        var (who, values) = (answers.Contact, answers.Json());
        var data = new Dictionary<string, object?>
        {
            ["form_id"] = form.Id, ["form"] = form.Name, ["form_name"] = form.Name, ["submission_id"] = submission.Id,
            ["submitted_at"] = submission.CreatedAt, ["contact_id"] = submission.ContactId,
        };
        if (!who.IsEmpty)
            (data["first_name"], data["last_name"], data["email"], data["phone"]) = (who.FirstName, who.LastName, who.Email, who.Phone);
        foreach (var value in values.EnumerateObject()) data.TryAdd(value.Name, value.Value);
        data["values"] = values;
        return JsonSerializer.SerializeToElement(data);
    }
}
