using System.Text.Json;
using WorkflowStudio.Engine.Practice.Contacts;

namespace WorkflowStudio.Api.Dialects.Sequences;

/// <summary>A contact in the words of this dialect.</summary>
internal static class SequencesContact
{
    public static void Write(Utf8JsonWriter w, KnownContact known)
    {
        var contact = known.Contact;
        w.WriteString("id", contact.Id);
        w.WriteString("name", contact.Name);
        w.WriteString("firstName", Shown(contact.FirstName));
        w.WriteString("lastName", Shown(contact.LastName));
        w.WriteString("email", contact.Email);
        w.WriteString("phone", contact.Phone);
        w.WriteString("createdAt", SequencesJson.Time(known.CreatedAt));
    }

    private static string? Shown(string text) => text.Length == 0 ? null : text;
}
