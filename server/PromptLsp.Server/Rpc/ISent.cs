namespace PromptLsp.Server.Rpc;

/// <summary>An object that we send. It writes its members itself: serializers made for every type are a tenth of a native program, and of its start.</summary>
internal interface ISent
{
    void Write(JsonMembers to);
}
